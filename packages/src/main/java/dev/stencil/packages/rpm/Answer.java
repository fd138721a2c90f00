package dev.stencil.packages.rpm;

import dev.stencil.packages.PackageName;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of what our program on dnf's interface printed: {@code =}, its kind, its fields, divided by tabs. Everything else on
 * the same stream is dnf's chatter.
 */
record Answer(String kind, List<String> fields) {
    private static final String MARK = "=\t";

    Answer {
        fields = List.copyOf(fields);
    }

    static List<Answer> parseAll(String text) {
        List<Answer> answers = new ArrayList<>();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (line.startsWith(MARK)) {
                List<String> words = List.of(line.substring(MARK.length()).split("\t", -1));
                answers.add(new Answer(words.getFirst(), words.subList(1, words.size())));
            }
        }
        return answers;
    }

    String field(int index) {
        if (index >= fields.size()) {
            throw new IllegalArgumentException("an answer of dnf is cut off: " + kind + " " + fields);
        }
        return fields.get(index);
    }

    /** The package that the first three fields name. */
    PackageName packageName() {
        return new PackageName(field(0), field(1), field(2));
    }
}
