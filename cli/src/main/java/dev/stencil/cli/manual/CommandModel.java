package dev.stencil.cli.manual;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What there is to tell about one command.
 *
 * @param name one or two words; empty when the tool itself is the command
 * @param summary its line in the tool's usage text
 * @param description the first line of its help
 * @param options its own, then those that all commands of the tool know
 */
record CommandModel(
        String tool,
        String name,
        String summary,
        String description,
        List<OptionModel> options,
        List<OptionModel> commonOptions,
        List<OperandModel> operands) {
    CommandModel {
        options = List.copyOf(options);
        commonOptions = List.copyOf(commonOptions);
        operands = List.copyOf(operands);
    }

    static CommandModel of(String tool, String name, String summary, CommandSpec spec, List<OptionModel> common) {
        List<OperandModel> operands = new ArrayList<>();
        for (PositionalParamSpec operand : spec.positionalParameters()) {
            operands.add(OperandModel.of(operand));
        }
        return new CommandModel(
                tool,
                name,
                summary,
                String.join(" ", spec.usageMessage().description()),
                OptionModel.of(spec.options()),
                common,
                operands);
    }

    /** Its own options and the common ones. */
    List<OptionModel> allOptions() {
        List<OptionModel> all = new ArrayList<>(options);
        all.addAll(commonOptions);
        return all;
    }

    /** The name of its manual page, and of its texts. */
    String page() {
        return name.isEmpty() ? tool : tool + "-" + name.replace(' ', '-');
    }

    /** The words that start it. */
    String invocation() {
        return name.isEmpty() ? tool : tool + " " + name;
    }

    String firstWord() {
        int blank = name.indexOf(' ');
        return blank < 0 ? name : name.substring(0, blank);
    }

    /** Empty for a command of one word. */
    String secondWord() {
        int blank = name.indexOf(' ');
        return blank < 0 ? "" : name.substring(blank + 1);
    }

    /** What the operands are, one entry each; the last one stands for all that follow where they may be repeated. */
    List<Candidates> operandCandidates() {
        List<Candidates> all = new ArrayList<>();
        for (OperandModel operand : operands) {
            String before = "";
            for (String word : operand.words()) {
                all.add(Candidates.ofOperand(firstWord(), before, word));
                before = word;
            }
        }
        return all;
    }

    boolean repeatsLastOperand() {
        return !operands.isEmpty() && operands.getLast().repeats();
    }
}
