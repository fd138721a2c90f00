package dev.stencil.packages.deb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One paragraph of Debian control data: fields with their values, continuation lines kept as they are written. Names of
 * fields are not case-sensitive. Source: Debian Policy 5.1, deb822(5).
 */
record Paragraph(Map<String, String> fields) {
    Paragraph {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The paragraphs of a file, in its order; lines that begin with {@code #} are comments. */
    static List<Paragraph> parseAll(String text) {
        List<Paragraph> paragraphs = new ArrayList<>();
        var reader = new Reader();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (line.isBlank()) {
                reader.finish(paragraphs);
            } else {
                reader.line(line);
            }
        }
        reader.finish(paragraphs);
        return paragraphs;
    }

    /** Value without blanks around it, continuation lines after a newline each; empty when there is no such field. */
    Optional<String> get(String name) {
        return Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT))).map(Paragraph::valueOf);
    }

    /** As {@link #get}, for a field the format demands. */
    String require(String name) {
        return get(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException("the field " + name + " is missing"));
    }

    boolean isYes(String name) {
        return get(name).map("yes"::equalsIgnoreCase).orElse(false);
    }

    /** The fields as they were written, name and all, each ending in a newline. */
    String text() {
        var text = new StringBuilder();
        fields.values().forEach(field -> text.append(field).append('\n'));
        return text.toString();
    }

    private static String valueOf(String field) {
        return field.substring(field.indexOf(':') + 1).strip();
    }

    /** Gathers lines into whole fields; a field is kept as written, under its name in lower case. */
    private static final class Reader {
        private Map<String, String> fields = new LinkedHashMap<>();
        private final StringBuilder field = new StringBuilder();
        private String name = "";

        void line(String line) {
            if (line.charAt(0) == '#') {
                return;
            }
            if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                if (name.isEmpty()) {
                    throw new IllegalArgumentException("a continuation line before any field: \"" + line + "\"");
                }
                field.append('\n').append(line);
                return;
            }
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IllegalArgumentException("not a field: \"" + line + "\"");
            }
            finishField();
            name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            field.append(line);
        }

        private void finishField() {
            if (!name.isEmpty() && fields.put(name, field.toString()) != null) {
                throw new IllegalArgumentException("the field " + name + " is there twice");
            }
            name = "";
            field.setLength(0);
        }

        void finish(List<Paragraph> paragraphs) {
            finishField();
            if (!fields.isEmpty()) {
                paragraphs.add(new Paragraph(fields));
                fields = new LinkedHashMap<>();
            }
        }
    }
}
