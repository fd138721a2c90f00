package dev.stencil.cli.manual;

import dev.stencil.cli.Syntax;
import java.util.List;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The operands of a command as its help shows them.
 *
 * @param label one word for each operand that differs from the one before: {@code CT NAME}
 * @param least how many must be there
 * @param repeats whether the last one may come more often
 */
record OperandModel(String label, int least, boolean repeats, String description) {
    static OperandModel of(PositionalParamSpec operand) {
        return new OperandModel(
                operand.paramLabel(),
                operand.userObject() instanceof Syntax.Fewest(int number)
                        ? number
                        : operand.arity().min(),
                operand.arity().isVariable(),
                String.join(" ", operand.description()));
    }

    /** The words of the label without brackets. */
    List<String> words() {
        return List.of(label.replaceAll("[\\[\\]…]", "").trim().split(" +"));
    }

    /** The operands in the notation of manual pages: {@code CT [NAME…]}. */
    String synopsis() {
        var text = new StringBuilder();
        List<String> words = words();
        for (int i = 0; i < words.size(); i++) {
            boolean isLast = i == words.size() - 1;
            boolean optional = i >= least;
            String word = words.get(i) + (isLast && repeats ? "…" : "");
            text.append(text.isEmpty() ? "" : " ").append(optional ? "[" + word + "]" : word);
        }
        return text.toString();
    }
}
