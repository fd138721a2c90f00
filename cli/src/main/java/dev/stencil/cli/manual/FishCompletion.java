package dev.stencil.cli.manual;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Completion for fish: one {@code complete} for each command, option and operand. Source: fish's complete(1). */
final class FishCompletion {
    private final ToolModel tool;
    private final StringBuilder script = new StringBuilder();

    private FishCompletion(ToolModel tool) {
        this.tool = tool;
    }

    static String of(ToolModel tool) {
        return new FishCompletion(tool).written();
    }

    private String written() {
        String name = tool.name();
        line("# Completion of " + name + " for fish, made from its command table; do not edit.");
        line("set -g __stencil_" + name + "_lookup "
                + quoted(ShellText.resource("names.sh").strip()));
        line("set -g __stencil_" + name + "_single " + (tool.isSingle() ? "yes" : "''"));
        line("set -g __stencil_" + name + "_globals " + globals(false));
        line("set -g __stencil_" + name + "_global_values " + globals(true));
        line("set -g __stencil_" + name + "_two " + twoWords());
        line("set -g __stencil_" + name + "_valued " + valued());
        script.append(ShellText.resource("engine.fish").replace("@TOOL@", name));
        line("");
        line("complete -c " + name + " -f");
        if (!tool.isSingle()) {
            words();
        }
        tool.commands().forEach(this::command);
        return script.toString();
    }

    private String globals(boolean withValue) {
        return tool.globals().stream()
                .filter(option -> option.hasValue() == withValue)
                .map(option -> option.names().getFirst())
                .collect(Collectors.joining(" "));
    }

    private String twoWords() {
        return tool.commands().stream()
                .filter(command -> !command.secondWord().isEmpty())
                .map(command -> quoted(command.name()))
                .collect(Collectors.joining(" "));
    }

    /** Options with a value, behind the command that they belong to. */
    private String valued() {
        return tool.commands().stream()
                .flatMap(command -> command.allOptions().stream()
                        .filter(OptionModel::hasValue)
                        .flatMap(option -> option.names().stream())
                        .map(option -> quoted(name(command) + " " + option)))
                .collect(Collectors.joining(" "));
    }

    private void words() {
        String none = condition("is", "", "");
        for (OptionModel global : tool.globals()) {
            line(none + " -l " + global.names().getFirst().substring(2) + (global.hasValue() ? " -x" : "") + " -d "
                    + quoted(ShellText.described(global.description())));
        }
        for (CommandModel command : tool.commands()) {
            if (command.secondWord().isEmpty()) {
                line(none + " -a " + command.name() + " -d " + quoted(command.summary()));
            } else if (tool.command(command.firstWord()).isEmpty()) {
                String second = String.join(
                        ", ", ShellText.secondWords(tool, command.firstWord()).keySet());
                line(none + " -a " + command.firstWord() + " -d " + quoted(second));
            }
        }
        for (String first : ShellText.wordsWithSecond(tool)) {
            for (Map.Entry<String, String> second :
                    ShellText.secondWords(tool, first).entrySet()) {
                line(condition("is", first, " 0") + " -a " + second.getKey() + " -d " + quoted(second.getValue()));
            }
        }
    }

    private void command(CommandModel command) {
        String is = condition("is", name(command), "");
        for (OptionModel option : command.allOptions()) {
            var text = new StringBuilder(is);
            option.shortNames().forEach(name -> text.append(" -s ").append(name.substring(1)));
            option.longNames().forEach(name -> text.append(" -l ").append(name.substring(2)));
            if (option.hasValue()) {
                text.append(" -x").append(proposals(Candidates.ofValue(option.label())));
            }
            line(text + " -d " + quoted(ShellText.described(option.description())));
        }
        line(is + " -l help -d 'Explain the command'");
        List<Candidates> operands = command.operandCandidates();
        for (int i = 0; i < operands.size(); i++) {
            Candidates candidates = operands.get(i);
            if (!candidates.isEmpty()) {
                boolean repeats = i == operands.size() - 1 && command.repeatsLastOperand();
                line(condition(repeats ? "from" : "is", name(command), " " + i) + proposals(candidates) + " -d "
                        + quoted(candidates.description()));
            }
        }
    }

    private String condition(String test, String command, String number) {
        return "complete -c " + tool.name() + " -n \"__stencil_" + tool.name() + "_" + test + " '" + command + "'"
                + number + "\"";
    }

    private String proposals(Candidates candidates) {
        var words = new StringBuilder(ShellText.words(candidates));
        boolean files = false;
        for (Candidates.Kind kind : candidates.kinds()) {
            switch (kind) {
                case FILES -> files = true;
                case DIRECTORIES -> words.append(" (__fish_complete_directories)");
                default ->
                    words.append(" (__stencil_")
                            .append(tool.name())
                            .append("_names ")
                            .append(kind.word())
                            .append(")");
            }
        }
        String shown = words.toString().strip();
        return (shown.isEmpty() ? "" : " -a " + quoted(shown)) + (files ? " -F" : "");
    }

    private String name(CommandModel command) {
        return tool.isSingle() ? tool.name() : command.name();
    }

    /** Inside single quotes fish knows a backslash before a quote and before a backslash. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private void line(String text) {
        script.append(text).append('\n');
    }
}
