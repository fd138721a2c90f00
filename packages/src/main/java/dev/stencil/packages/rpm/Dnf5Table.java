package dev.stencil.packages.rpm;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file of what dnf 5 remembers: TOML with a version and one table of named rows, for example {@code packages.toml} with
 * {@code "bash.x86_64" = {reason = "User"}}. Source: libdnf5's {@code system/state}, and the files that its own test compares.
 *
 * @param name of the table
 * @param rows by their names; the values of a row by theirs
 */
record Dnf5Table(String name, SortedMap<String, SortedMap<String, String>> rows) {
    /** The one that libdnf5 has had from the beginning; it refuses files of another. */
    private static final String VERSION = "1.0";

    Dnf5Table {
        var copy = new TreeMap<String, SortedMap<String, String>>();
        rows.forEach((row, values) -> copy.put(row, Collections.unmodifiableSortedMap(new TreeMap<>(values))));
        rows = Collections.unmodifiableSortedMap(copy);
    }

    /** Without rows, as a file that is not there. */
    static Dnf5Table empty(String name) {
        return new Dnf5Table(name, Collections.emptySortedMap());
    }

    /**
     * Reads all forms in which a table of texts can be written on lines of its own: rows as inline tables, which dnf 5 writes,
     * and rows with a heading.
     *
     * @throws IllegalArgumentException when there is anything else, which rewriting would lose
     */
    static Dnf5Table parse(String name, String text) {
        var values = new Dnf5Values();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            try {
                values.line(line);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + " of " + name + ".toml: " + e.getMessage(), e);
            }
        }
        if (!VERSION.equals(values.version())) {
            throw new IllegalArgumentException(name + ".toml has no version " + VERSION);
        }
        return new Dnf5Table(name, values.rowsOf(name));
    }

    /** Rows in the order of their names, so that equal content gives equal bytes. */
    String text() {
        var text = new StringBuilder("version = " + quoted(VERSION) + "\n[" + name + "]\n");
        rows.forEach((row, values) ->
                text.append(quoted(row)).append(" = ").append(inline(values)).append('\n'));
        return text.toString();
    }

    private static String inline(Map<String, String> values) {
        var text = new StringBuilder("{");
        values.forEach((key, value) -> text.append(text.length() == 1 ? "" : ", ")
                .append(key.matches("[A-Za-z0-9_-]+") ? key : quoted(key))
                .append(" = ")
                .append(quoted(value)));
        return text.append('}').toString();
    }

    private static String quoted(String value) {
        var text = new StringBuilder("\"");
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').append((char) c);
            } else if (c < 0x20 || c == 0x7f) {
                text.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                text.append((char) c);
            }
        });
        return text.append('"').toString();
    }
}
