package dev.stencil.packages.deb;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One package that a relationship field names, {@code name[:arch] [(op version)]}. Source: Debian Policy 7.1,
 * deb-substvars is not needed: these are fields of binary packages.
 *
 * @param arch the qualifier, {@code any} or an architecture; empty when there is none
 * @param operator one of {@code <<}, {@code <=}, {@code =}, {@code >=}, {@code >>}; empty without a version
 */
record DebRelation(String name, String arch, String operator, String version) {
    private static final Pattern FORM = Pattern.compile(
            "([A-Za-z0-9][A-Za-z0-9+.-]*)(?::([a-z0-9-]+))?\\s*(?:\\(\\s*(<<|<=|=|>=|>>|<|>)\\s*([0-9A-Za-z][^\\s()]*)\\s*\\))?");

    /**
     * One clause: any of the alternatives does.
     *
     * @param text as written, on one line
     */
    record Clause(String text, List<DebRelation> alternatives) {
        Clause {
            alternatives = List.copyOf(alternatives);
        }
    }

    /** The clauses of a field, each of which is to hold. */
    static List<Clause> parseField(String field) {
        List<Clause> clauses = new ArrayList<>();
        for (String clause : field.split(",", -1)) {
            String text = clause.strip().replaceAll("\\s+", " ");
            if (!text.isEmpty()) {
                List<DebRelation> alternatives = new ArrayList<>();
                for (String alternative : text.split("\\|", -1)) {
                    alternatives.add(parse(alternative.strip()));
                }
                clauses.add(new Clause(text, alternatives));
            }
        }
        return clauses;
    }

    static DebRelation parse(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("not a relation to a package: \"" + text + "\"");
        }
        return new DebRelation(
                match.group(1), text(match.group(2)), modern(text(match.group(3))), text(match.group(4)));
    }

    private static String text(String group) {
        return group == null ? "" : group;
    }

    /** {@code <} and {@code >} are old forms of {@code <=} and {@code >=}. */
    private static String modern(String operator) {
        return operator.equals("<") || operator.equals(">") ? operator + "=" : operator;
    }

    boolean hasVersion() {
        return !operator.isEmpty();
    }

    /** Whether {@code candidate} is a version that the relation asks for. */
    boolean accepts(String candidate) {
        if (!hasVersion()) {
            return true;
        }
        int order = DebVersion.compare(candidate, version);
        return switch (operator) {
            case "<<" -> order < 0;
            case "<=" -> order <= 0;
            case "=" -> order == 0;
            case ">=" -> order >= 0;
            default -> order > 0;
        };
    }
}
