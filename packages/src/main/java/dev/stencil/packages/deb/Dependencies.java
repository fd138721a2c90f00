package dev.stencil.packages.deb;

import java.util.ArrayList;
import java.util.List;

/**
 * Names in a relationship field such as {@code Depends}: a list of clauses, each a choice of packages. Versions and
 * architectures are left out: what is chosen was chosen by apt already. Source: Debian Policy 7.1.
 */
record Dependencies(List<List<String>> clauses) {
    Dependencies {
        clauses = List.copyOf(clauses);
    }

    static Dependencies parse(String field) {
        List<List<String>> clauses = new ArrayList<>();
        for (String clause : field.split(",", -1)) {
            List<String> choice = new ArrayList<>();
            for (String alternative : clause.split("\\|", -1)) {
                String name = nameIn(alternative.strip());
                if (!name.isEmpty()) {
                    choice.add(name);
                }
            }
            if (!choice.isEmpty()) {
                clauses.add(List.copyOf(choice));
            }
        }
        return new Dependencies(clauses);
    }

    private static String nameIn(String alternative) {
        int end = 0;
        while (end < alternative.length() && " \t\n([<:".indexOf(alternative.charAt(end)) < 0) {
            end++;
        }
        return alternative.substring(0, end);
    }
}
