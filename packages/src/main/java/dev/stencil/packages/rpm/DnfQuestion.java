package dev.stencil.packages.rpm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What {@code dnf.py} is asked: one wish a line, a word and its value. Immutable. */
record DnfQuestion(List<String> wishes) {
    /** The program's text. */
    static final String PROGRAM = program();

    DnfQuestion {
        wishes = List.copyOf(wishes);
    }

    /** @param mode what it is about: {@code refresh}, {@code available}, {@code resolve} … */
    DnfQuestion(String mode) {
        this(List.of("mode " + mode));
    }

    private static String program() {
        try (InputStream stream = DnfQuestion.class.getResourceAsStream("dnf.py")) {
            if (stream == null) {
                throw new IllegalStateException("dnf.py is missing in this installation");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DnfQuestion with(String word, String value) {
        if (value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a line break in \"" + value + "\"");
        }
        var more = new java.util.ArrayList<>(wishes);
        more.add(word + " " + value);
        return new DnfQuestion(more);
    }

    /** One wish of that word for each value. */
    DnfQuestion with(String word, List<String> values) {
        DnfQuestion question = this;
        for (String value : values) {
            question = question.with(word, value);
        }
        return question;
    }

    String text() {
        return String.join("\n", wishes) + "\n";
    }
}
