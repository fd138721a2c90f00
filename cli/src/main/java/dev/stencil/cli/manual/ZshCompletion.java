package dev.stencil.cli.manual;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Completion for zsh: one {@code _arguments} for each command, with descriptions. Source: zshcompsys(1). */
final class ZshCompletion {
    private final ToolModel tool;
    private final StringBuilder script = new StringBuilder();

    private ZshCompletion(ToolModel tool) {
        this.tool = tool;
    }

    static String of(ToolModel tool) {
        return new ZshCompletion(tool).written();
    }

    private String written() {
        line("#compdef " + tool.name());
        line("# Completion of " + tool.name() + " for zsh, made from its command table; do not edit.");
        script.append(ShellText.resource("names.sh")).append(ShellText.resource("engine.zsh"));
        line("");
        line("_" + tool.name() + "() {");
        line("    local subject command");
        line("    local -a found");
        if (tool.isSingle()) {
            line("    __stencil_subject");
            line("    " + arguments(tool.commands().getFirst()));
        } else {
            skipGlobals();
            chooseCommand();
            line("    __stencil_subject");
            line("    case $command in");
            for (CommandModel command : tool.commands()) {
                line("    " + ShellText.quoted(command.name()) + ")");
                line("        " + arguments(command));
                line("        ;;");
            }
            line("    esac");
        }
        line("}");
        line("");
        line("_" + tool.name() + " \"$@\"");
        return script.toString();
    }

    private void skipGlobals() {
        String plain = globals(false);
        String valued = globals(true);
        if (plain.isEmpty() && valued.isEmpty()) {
            return;
        }
        line("    while ((CURRENT > 2)); do");
        line("        case $words[2] in");
        if (!plain.isEmpty()) {
            line("        " + plain + ") words=(\"$words[1]\" \"${(@)words[3,-1]}\") && ((CURRENT--)) ;;");
        }
        if (!valued.isEmpty()) {
            line("        " + valued + ")");
            line("            ((CURRENT > 3)) || return 0");
            line("            words=(\"$words[1]\" \"${(@)words[4,-1]}\") && ((CURRENT -= 2))");
            line("            ;;");
        }
        line("        *) break ;;");
        line("        esac");
        line("    done");
    }

    private String globals(boolean withValue) {
        return tool.globals().stream()
                .filter(option -> option.hasValue() == withValue)
                .map(option -> option.names().getFirst())
                .collect(Collectors.joining(" | "));
    }

    /** Leaves the command's name in {@code $command}, and the line as if that were one word. */
    private void chooseCommand() {
        line("    if ((CURRENT == 2)); then");
        describe("        ", firstWords());
        globals();
        line("        return");
        line("    fi");
        line("    command=$words[2]");
        line("    case \"$words[2] $words[3]\" in");
        String two = tool.commands().stream()
                .filter(command -> !command.secondWord().isEmpty())
                .map(command -> ShellText.quoted(command.name()))
                .collect(Collectors.joining(" | "));
        if (!two.isEmpty()) {
            line("    " + two + ")");
            line("        if ((CURRENT > 3)); then");
            line("            command=\"$words[2] $words[3]\"");
            line("            words=(\"$words[1]\" \"${(@)words[3,-1]}\")");
            line("            ((CURRENT--))");
            line("        fi");
            line("        ;;");
        }
        line("    esac");
        line("    if ((CURRENT == 3)) && [[ $command == $words[2] ]]; then");
        line("        case $command in");
        for (String first : ShellText.wordsWithSecond(tool)) {
            line("        " + first + ")");
            describe("            ", ShellText.secondWords(tool, first));
            line("            ;;");
        }
        line("        esac");
        line("    fi");
        line("    words=(\"${(@)words[2,-1]}\")");
        line("    ((CURRENT--))");
    }

    private Map<String, String> firstWords() {
        Map<String, String> described = new TreeMap<>();
        for (CommandModel command : tool.commands()) {
            if (command.secondWord().isEmpty()) {
                described.put(command.firstWord(), command.summary());
            } else {
                described.putIfAbsent(
                        command.firstWord(),
                        String.join(
                                ", ",
                                ShellText.secondWords(tool, command.firstWord()).keySet()));
            }
        }
        return described;
    }

    private void globals() {
        if (tool.globals().isEmpty()) {
            return;
        }
        line("        if [[ $PREFIX == -* ]]; then");
        line("            found=("
                + tool.globals().stream()
                        .map(option -> ShellText.quoted(
                                option.names().getFirst() + ":" + ShellText.described(option.description())))
                        .collect(Collectors.joining(" "))
                + ")");
        line("            _describe -o option found");
        line("        fi");
    }

    private void describe(String indent, Map<String, String> words) {
        line(indent + "found=("
                + words.entrySet().stream()
                        .map(word -> ShellText.quoted(
                                word.getKey() + ":" + word.getValue().replace(":", "\\:")))
                        .collect(Collectors.joining(" "))
                + ")");
        line(indent + "_describe -t commands 'command' found");
    }

    private static String arguments(CommandModel command) {
        var text = new StringBuilder("_arguments -s -S");
        for (OptionModel option : command.allOptions()) {
            for (String name : option.names()) {
                text.append(" \\\n            ").append(ShellText.quoted(specification(option, name)));
            }
        }
        text.append(" \\\n            ").append(ShellText.quoted("(- *)--help[Explain the command]"));
        List<Candidates> operands = command.operandCandidates();
        for (int i = 0; i < operands.size(); i++) {
            boolean repeats = i == operands.size() - 1 && command.repeatsLastOperand();
            String place = repeats ? "*" : Integer.toString(i + 1);
            text.append(" \\\n            ")
                    .append(ShellText.quoted(
                            place + ":" + escaped(operands.get(i).description()) + ":" + action(operands.get(i))));
        }
        return text.toString();
    }

    private static String specification(OptionModel option, String name) {
        String excluded = option.repeats() ? "*" : "(" + String.join(" ", option.names()) + ")";
        boolean isLong = name.startsWith("--");
        String value = option.hasValue()
                ? ":" + escaped(Candidates.ofValue(option.label()).description()) + ":"
                        + action(Candidates.ofValue(option.label()))
                : "";
        return excluded + name + (option.hasValue() && isLong ? "=" : option.hasValue() ? "+" : "") + "["
                + escaped(ShellText.described(option.description())) + "]" + value;
    }

    private static String action(Candidates candidates) {
        if (candidates.isEmpty()) {
            return " ";
        }
        return "{__stencil_zsh \"" + ShellText.kinds(candidates) + "\" \"" + ShellText.words(candidates) + "\"}";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace(":", "\\:")
                .replace("[", "\\[")
                .replace("]", "\\]");
    }

    private void line(String text) {
        script.append(text).append('\n');
    }
}
