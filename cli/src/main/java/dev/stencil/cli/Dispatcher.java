package dev.stencil.cli;

import dev.stencil.host.Fault;
import dev.stencil.host.NearNames;
import dev.stencil.host.StencilException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Finds the command, parses its options, runs it, and turns whatever goes wrong into words and an exit code. The one place
 * where failures are printed.
 */
final class Dispatcher {
    /** From this verbosity on each program is shown as it is started. */
    private static final int COMMANDS_SHOWN = 3;

    /** From this one on failures come with where in the program they happened. */
    private static final int STACKS_SHOWN = 4;

    private final Tool tool;
    private final Stencil stencil;
    private final Output out;
    private final boolean isRoot;

    Dispatcher(Tool tool, Stencil stencil, Output out, boolean isRoot) {
        this.tool = tool;
        this.stencil = stencil;
        this.out = out;
        this.isRoot = isRoot;
    }

    /** Runs one command line and returns the exit code. */
    int run(List<String> words) {
        try {
            return dispatch(words);
        } catch (StencilException e) {
            return fail(e);
        } catch (RuntimeException | Error e) {
            return reportBug(e);
        }
    }

    private int dispatch(List<String> words) {
        Map<String, String> globals = new HashMap<>();
        List<String> rest = takeGlobals(words, globals);
        if (!rest.isEmpty() && rest.getFirst().equals("--version")) {
            out.line(tool.name() + " (Stencil) " + Release.VERSION);
            return 0;
        }
        if (isHelp(rest)) {
            new Usage(tool).print(out.dataStream());
            return 0;
        }
        requireRoot(rest);
        Optional<CommandTable.Choice> choice = choose(rest);
        if (choice.isEmpty()) {
            if (!rest.isEmpty()) {
                out.error("Unknown command \"" + rest.getFirst() + "\"." + nearCommands(rest));
            }
            out.message(new Usage(tool).text());
            return tool.exitCode(Fault.USAGE);
        }
        return runChosen(choice.get(), globals);
    }

    private Optional<CommandTable.Choice> choose(List<String> words) {
        if (tool.isSingle()) {
            return tool.commands().choose(prepended(tool.name(), words));
        }
        return words.isEmpty() ? Optional.empty() : tool.commands().choose(words);
    }

    /** Commands that may have been meant, of one word and of two. */
    private String nearCommands(List<String> words) {
        List<String> one = new ArrayList<>();
        List<String> two = new ArrayList<>();
        for (CommandTable.Entry entry : tool.commands().entries()) {
            if (!entry.hidden()) {
                (entry.name().indexOf(' ') < 0 ? one : two).add(entry.name());
            }
        }
        String near = words.size() > 1 ? NearNames.question(words.get(0) + " " + words.get(1), two) : "";
        return near.isEmpty() ? NearNames.question(words.getFirst(), one) : near;
    }

    private boolean isHelp(List<String> words) {
        return !tool.isSingle() && words.size() == 1 && words.getFirst().equals("--help");
    }

    private void requireRoot(List<String> words) {
        boolean asksForHelp = words.contains("--help")
                || (words.size() == 1 && words.getFirst().equals("help"));
        if (!isRoot && !asksForHelp) {
            throw new StencilException(Fault.NOT_ROOT, tool.name() + " must be run as root. Use sudo.");
        }
    }

    private int runChosen(CommandTable.Choice choice, Map<String, String> globals) {
        CommandTable.Entry entry = choice.entry();
        Command command = entry.factory().apply(stencil);
        if (choice.arguments().isEmpty() && command.isCompleteAlone()) {
            return carryOut(command, Arguments.none(globals));
        }
        CommandSpec spec = command.spec().name(entry.name());
        tool.addCommonOptions(spec);
        String[] words = choice.arguments().toArray(String[]::new);
        if (asksForHelp(words, spec)) {
            Usage usage =
                    entry.hidden() ? Usage.of(tool, spec, out.columns()) : Usage.explained(tool, spec, out.columns());
            usage.print(out.dataStream());
            return 0;
        }
        try {
            return carryOut(command, Arguments.of(parse(spec, words), globals));
        } catch (ParameterException e) {
            out.error(message(e) + nearOptions(e, spec));
            out.message(Usage.of(tool, spec, out.columns()).text());
            return tool.exitCode(faultOf(e));
        } catch (StencilException e) {
            int code = fail(e);
            if (e.fault() == Fault.USAGE) {
                out.message(Usage.of(tool, spec, out.columns()).text());
            }
            return code;
        }
    }

    private int carryOut(Command command, Arguments arguments) {
        tool.configure(arguments, out);
        stencil.showOn(out);
        if (out.verbosity() >= COMMANDS_SHOWN) {
            stencil.tellPrograms(line -> out.detail(COMMANDS_SHOWN, "+ " + line));
        }
        int code = command.run(arguments, out);
        out.close();
        return code;
    }

    /** Where options behind the first operand belong to another program, only one in front of it is ours. */
    private static boolean asksForHelp(String[] words, CommandSpec spec) {
        return spec.parser().stopAtPositional()
                ? words.length > 0 && words[0].equals("--help")
                : List.of(words).contains("--help");
    }

    private ParseResult parse(CommandSpec spec, String[] words) {
        ParseResult parsed = parseOptions(spec, words);
        int given = Arguments.of(parsed, Map.of()).operands().size();
        for (PositionalParamSpec operands : spec.positionalParameters()) {
            if (operands.userObject() instanceof Syntax.Fewest(int number) && given < number) {
                throw new MissingParameterException(
                        spec.commandLine(),
                        operands,
                        "Too few operands: " + operands.paramLabel() + " means " + number + " at least.");
            }
        }
        return parsed;
    }

    private ParseResult parseOptions(CommandSpec spec, String[] words) {
        try {
            return newParser(spec).parseArgs(words);
        } catch (UnmatchedArgumentException e) {
            if (!e.isUnknownOption()) {
                throw e;
            }
            tool.addForeignOptions(spec);
            return newParser(spec).parseArgs(words);
        }
    }

    /** Parses as {@code getopt_long(3)}: see the conventions in this room's description. */
    private static CommandLine newParser(CommandSpec spec) {
        return new CommandLine(spec)
                .setAbbreviatedOptionsAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .setAllowOptionsAsOptionParameters(true)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false);
    }

    private static String nearOptions(ParameterException e, CommandSpec spec) {
        if (!(e instanceof UnmatchedArgumentException unmatched) || !unmatched.isUnknownOption()) {
            return "";
        }
        String typed = unmatched.getUnmatched().getFirst();
        int value = typed.indexOf('=');
        List<String> names = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            for (String name : option.names()) {
                if (!option.hidden() && name.length() > 2) {
                    names.add(name);
                }
            }
        }
        String near = NearNames.question(value < 0 ? typed : typed.substring(0, value), names);
        return near.isEmpty() ? "" : "." + near;
    }

    private static String message(ParameterException e) {
        String text = String.valueOf(e.getMessage());
        return text.startsWith("Error: ") ? text.substring("Error: ".length()) : text;
    }

    /** Spec vzctl 3.1: surplus operands and bad syntax are 20, an unknown option or a missing container 21. */
    private static Fault faultOf(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> unmatched.isUnknownOption() ? Fault.BAD_VALUE : Fault.USAGE;
            case MissingParameterException missing ->
                missing.getMissing().stream().anyMatch(part -> part.isPositional()) ? Fault.BAD_VALUE : Fault.USAGE;
            default -> Fault.USAGE;
        };
    }

    private List<String> takeGlobals(List<String> words, Map<String, String> globals) {
        int next = 0;
        List<String> known = tool.globalOptions();
        while (next < words.size()) {
            String word = words.get(next);
            if (known.contains(word)) {
                globals.put(word, "");
                next++;
            } else if (known.contains(word + "=") && next + 1 < words.size()) {
                globals.put(word, words.get(next + 1));
                next += 2;
            } else {
                break;
            }
        }
        return words.subList(next, words.size());
    }

    private int fail(StencilException e) {
        out.close();
        if (out.isInterrupted()) {
            out.warn("Interrupted by a signal; the work was given up.");
            out.detail(2, String.valueOf(e.getMessage()));
        } else {
            out.error(String.valueOf(e.getMessage()));
        }
        if (out.verbosity() >= STACKS_SHOWN) {
            out.message(stackOf(e));
        }
        return tool.exitCode(e.fault());
    }

    private int reportBug(Throwable e) {
        if (out.isInterrupted()) {
            return fail(new StencilException(Fault.SYSTEM, String.valueOf(e.getMessage()), e));
        }
        out.close();
        out.error(
                "This is a bug in Stencil: " + e + "\nPlease report it with the lines below and the command you ran.");
        out.message(stackOf(e));
        return tool.exitCode(Fault.INTERNAL);
    }

    private static String stackOf(Throwable e) {
        var text = new StringWriter();
        e.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static List<String> prepended(String first, List<String> rest) {
        List<String> all = new ArrayList<>();
        all.add(first);
        all.addAll(rest);
        return all;
    }
}
