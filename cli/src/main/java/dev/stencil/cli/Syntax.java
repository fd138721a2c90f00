package dev.stencil.cli;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * How commands declare options and operands. All values stay text until the command parses them into the domain's types.
 * Built with picocli's model classes: its annotations cost 100 ms at start-up.
 */
public final class Syntax {
    private Syntax() {}

    /** A command of these options and operands, in this order; {@code summary} is the first line of its help. */
    public static CommandSpec command(String summary, ArgSpec... parts) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description(summary);
        for (ArgSpec part : parts) {
            spec.add(part);
        }
        return spec;
    }

    /** An option without a value; {@code names} as {@code -f --force}, separated by blanks. */
    public static OptionSpec flag(String names, String description) {
        return option(names)
                .arity("0")
                .type(boolean.class)
                .description(description)
                .build();
    }

    /** An option with a value, shown in the help as {@code --name=LABEL}. */
    public static OptionSpec value(String names, String label, String description) {
        return option(names)
                .arity("1")
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** An option with a value that may be given several times; all of them count. */
    public static OptionSpec values(String names, String label, String description) {
        return option(names)
                .arity("1")
                .type(java.util.List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** Accepted for old scripts, without effect, not in the help. */
    public static OptionSpec ignored(String names) {
        return option(names).arity("0").type(boolean.class).hidden(true).build();
    }

    /** As {@link #ignored}, with a value. */
    public static OptionSpec ignoredValue(String names) {
        return option(names).arity("1").type(String.class).hidden(true).build();
    }

    /** How many operands there must be at least; picocli's own arity would want them all without an option in between. */
    public record Fewest(int number) {}

    /** The operands: {@code 0..*} any number, {@code 1..*} or {@code 2..*} at least so many, {@code 1} exactly one. */
    public static PositionalParamSpec operands(String label, String arity, String description) {
        if (arity.equals("1")) {
            return PositionalParamSpec.builder()
                    .index("0")
                    .arity("1")
                    .required(true)
                    .type(String.class)
                    .paramLabel(label)
                    .description(description)
                    .build();
        }
        int fewest = arity.charAt(0) - '0';
        return PositionalParamSpec.builder()
                .index("0..*")
                .arity(fewest == 0 ? "0..*" : "1..*")
                .required(fewest > 0)
                .userObject(new Fewest(fewest))
                .type(java.util.List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    private static OptionSpec.Builder option(String names) {
        return OptionSpec.builder(split(names));
    }

    private static String[] split(String names) {
        int blank = names.indexOf(' ');
        if (blank < 0) {
            return new String[] {names};
        }
        String rest = names.substring(blank + 1);
        int second = rest.indexOf(' ');
        if (second < 0) {
            return new String[] {names.substring(0, blank), rest};
        }
        return names.split(" ", -1);
    }
}
