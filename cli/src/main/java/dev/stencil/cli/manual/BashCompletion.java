package dev.stencil.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Completion for bash: tables made from the commands behind an engine that is the same for all tools
 * ({@code completion/engine.bash}). Needs nothing of the package bash-completion, which only loads it.
 */
final class BashCompletion {
    private final ToolModel tool;
    private final StringBuilder script = new StringBuilder();

    private BashCompletion(ToolModel tool) {
        this.tool = tool;
    }

    static String of(ToolModel tool) {
        return new BashCompletion(tool).written();
    }

    private String written() {
        line("# Completion of " + tool.name() + " for bash, made from its command table; do not edit.");
        line("# shellcheck shell=bash");
        script.append(ShellText.resource("names.sh")).append(ShellText.resource("engine.bash"));
        line("");
        tool();
        commandTest();
        secondWords();
        options();
        values();
        operands();
        line("_" + tool.name() + "() { __stencil_complete " + tool.name() + "; }");
        line("complete -F _" + tool.name() + " " + tool.name());
        return script.toString();
    }

    private void tool() {
        line("__stencil_" + tool.name() + "() {");
        line("    commands=" + ShellText.quoted(String.join(" ", tool.firstWords())));
        line("    globals=" + ShellText.quoted(globals(false)));
        line("    global_values=" + ShellText.quoted(globals(true)));
        if (tool.isSingle()) {
            line("    command=" + tool.name() + " first=x");
        }
        line("}");
    }

    private String globals(boolean withValue) {
        return tool.globals().stream()
                .filter(option -> option.hasValue() == withValue)
                .map(option -> option.names().getFirst())
                .collect(Collectors.joining(" "));
    }

    private void commandTest() {
        line("__stencil_" + tool.name() + "_command() {");
        line("    case $1 in");
        line("    "
                + tool.commands().stream()
                        .map(command -> ShellText.quoted(name(command)))
                        .collect(Collectors.joining(" | "))
                + ") ;;");
        line("    *) return 1 ;;");
        line("    esac");
        line("}");
    }

    private void secondWords() {
        List<String> cases = new ArrayList<>();
        for (String first : ShellText.wordsWithSecond(tool)) {
            cases.add(first + ") words="
                    + ShellText.quoted(
                            String.join(" ", ShellText.secondWords(tool, first).keySet())) + " ;;");
        }
        function("second", cases);
    }

    private void options() {
        List<String> cases = new ArrayList<>();
        for (CommandModel command : tool.commands()) {
            String names = command.allOptions().stream()
                    .flatMap(option -> option.names().stream())
                    .collect(Collectors.joining(" "));
            cases.add(ShellText.quoted(name(command)) + ") words=" + ShellText.quoted(names) + " ;;");
        }
        function("options", cases);
    }

    /** Whether an option of a command takes a value, and what that can be. */
    private void values() {
        line("__stencil_" + tool.name() + "_value() {");
        line("    kinds='' words=''");
        line("    case \"$1 $2\" in");
        for (CommandModel command : tool.commands()) {
            for (OptionModel option : command.allOptions()) {
                if (option.hasValue()) {
                    Candidates candidates = Candidates.ofValue(option.label());
                    String patterns = option.names().stream()
                            .map(name -> ShellText.quoted(name(command) + " " + name))
                            .collect(Collectors.joining(" | "));
                    line("    " + patterns + ")" + assigned(candidates) + " ;;");
                }
            }
        }
        line("    *) return 1 ;;");
        line("    esac");
        line("}");
    }

    private void operands() {
        List<String> cases = new ArrayList<>();
        for (CommandModel command : tool.commands()) {
            List<Candidates> operands = command.operandCandidates();
            for (int i = 0; i < operands.size(); i++) {
                boolean repeats = i == operands.size() - 1 && command.repeatsLastOperand();
                if (!operands.get(i).isEmpty()) {
                    cases.add(ShellText.quoted(name(command) + " ") + (repeats ? "*" : Integer.toString(i)) + ")"
                            + assigned(operands.get(i)) + " ;;");
                } else if (repeats) {
                    cases.add(ShellText.quoted(name(command) + " ") + "*) ;;");
                }
            }
        }
        line("__stencil_" + tool.name() + "_operand() {");
        line("    case \"$1 $2\" in");
        cases.forEach(one -> line("    " + one));
        line("    esac");
        line("}");
    }

    private static String assigned(Candidates candidates) {
        String kinds = ShellText.kinds(candidates);
        String words = ShellText.words(candidates);
        return (kinds.isEmpty() ? "" : " kinds=" + ShellText.quoted(kinds))
                + (words.isEmpty() ? "" : " words=" + ShellText.quoted(words));
    }

    private void function(String name, List<String> cases) {
        line("__stencil_" + tool.name() + "_" + name + "() {");
        line("    words=''");
        line("    case $1 in");
        cases.forEach(one -> line("    " + one));
        line("    esac");
        line("}");
    }

    private String name(CommandModel command) {
        return tool.isSingle() ? tool.name() : command.name();
    }

    private void line(String text) {
        script.append(text).append('\n');
    }
}
