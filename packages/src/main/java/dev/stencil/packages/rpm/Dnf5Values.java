package dev.stencil.packages.rpm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes in a TOML file line by line: texts at places like {@code version} and {@code packages."bash.x86_64".reason}. Numbers,
 * arrays and whatever goes over more than one line are refused.
 */
final class Dnf5Values {
    private static final int DEEPEST = 3; // table, row, value
    private static final String BARE = "[A-Za-z0-9_-]";

    private final SortedMap<String, SortedMap<String, SortedMap<String, String>>> tables = new TreeMap<>();
    private final Set<List<String>> headings = new HashSet<>();
    private List<String> heading = List.of();
    private String version = "";

    private String line = "";
    private int at;

    /** Empty when there was none. */
    String version() {
        return version;
    }

    /** @throws IllegalArgumentException when there are others */
    SortedMap<String, SortedMap<String, String>> rowsOf(String table) {
        if (!tables.keySet().equals(Set.of(table))) {
            throw new IllegalArgumentException("its tables are " + tables.keySet() + ", not " + table);
        }
        return tables.getOrDefault(table, new TreeMap<>());
    }

    void line(String next) {
        line = next.endsWith("\r") ? next.substring(0, next.length() - 1) : next;
        at = 0;
        if (line.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f || c == 0xFFFD)) {
            throw refusal("a character that text does not have");
        }
        blanks();
        if (take('[')) {
            heading = keys(List.of());
            demand(']');
            if (!headings.add(heading)) {
                throw refusal("the same heading again");
            }
            place(heading);
        } else if (at < line.length() && line.charAt(at) != '#') {
            pair(heading);
        }
        blanks();
        if (at < line.length() && line.charAt(at) != '#') {
            throw refusal("nothing more was expected");
        }
    }

    /** {@code KEY = VALUE} below the names of {@code above}. */
    private void pair(List<String> above) {
        List<String> names = keys(above);
        demand('=');
        blanks();
        if (take('{')) {
            place(names);
            blanks();
            if (take('}')) {
                return;
            }
            do {
                blanks();
                pair(names);
                blanks();
            } while (take(','));
            demand('}');
        } else {
            put(names, text());
        }
    }

    /** Makes the table or the row of that name. */
    private void place(List<String> names) {
        if (names.size() >= DEEPEST) {
            throw refusal("tables are nested deeper than is known");
        }
        var rows = tables.computeIfAbsent(names.getFirst(), _ -> new TreeMap<>());
        if (names.size() == DEEPEST - 1) {
            rows.computeIfAbsent(names.getLast(), _ -> new TreeMap<>());
        }
    }

    private void put(List<String> names, String value) {
        if (names.equals(List.of("version")) && version.isEmpty()) {
            version = value;
            return;
        }
        if (names.size() != DEEPEST) {
            throw refusal("a text at an unknown place");
        }
        place(names.subList(0, DEEPEST - 1));
        var row = tables.getOrDefault(names.getFirst(), new TreeMap<>()).getOrDefault(names.get(1), new TreeMap<>());
        if (row.putIfAbsent(names.getLast(), value) != null) {
            throw refusal("the same key again");
        }
    }

    private List<String> keys(List<String> above) {
        List<String> names = new ArrayList<>(above);
        do {
            blanks();
            names.add(key());
            blanks();
        } while (take('.'));
        if (names.size() > DEEPEST) {
            throw refusal("tables are nested deeper than is known");
        }
        return List.copyOf(names);
    }

    private String key() {
        if (at < line.length() && (line.charAt(at) == '"' || line.charAt(at) == '\'')) {
            return text();
        }
        int start = at;
        while (at < line.length() && line.substring(at, at + 1).matches(BARE)) {
            at++;
        }
        if (at == start) {
            throw refusal("a key was expected");
        }
        return line.substring(start, at);
    }

    private String text() {
        if (take('\'')) {
            int end = line.indexOf('\'', at);
            if (end < 0) {
                throw refusal("a text does not end");
            }
            String text = line.substring(at, end);
            at = end + 1;
            return text;
        }
        if (!take('"')) {
            throw refusal("a text was expected");
        }
        var text = new StringBuilder();
        while (!take('"')) {
            if (at == line.length()) {
                throw refusal("a text does not end");
            }
            char c = line.charAt(at++);
            if (c == '\\') {
                escaped(text);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private void escaped(StringBuilder text) {
        char c = at < line.length() ? line.charAt(at++) : ' ';
        switch (c) {
            case '"', '\\' -> text.append(c);
            case 'b' -> text.append('\b');
            case 't' -> text.append('\t');
            case 'n' -> text.append('\n');
            case 'f' -> text.append('\f');
            case 'r' -> text.append('\r');
            case 'u' -> text.appendCodePoint(codePoint(4));
            case 'U' -> text.appendCodePoint(codePoint(8));
            default -> throw refusal("an unknown escape");
        }
    }

    private int codePoint(int digits) {
        String hex = line.substring(at, Math.min(line.length(), at + digits));
        if (!hex.matches("[0-9A-Fa-f]{" + digits + "}")) {
            throw refusal("an escape has " + digits + " digits");
        }
        at += digits;
        long point = Long.parseLong(hex, 16);
        if (point > Character.MAX_CODE_POINT
                || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw refusal("there is no such character");
        }
        return (int) point;
    }

    private void blanks() {
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }

    private boolean take(char wanted) {
        if (at < line.length() && line.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void demand(char wanted) {
        blanks();
        if (!take(wanted)) {
            throw refusal("\"" + wanted + "\" was expected");
        }
    }

    private IllegalArgumentException refusal(String what) {
        return new IllegalArgumentException(what + " at character " + (at + 1));
    }
}
