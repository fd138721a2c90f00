package dev.stencil.packages.lock;

import dev.stencil.host.Digest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * One table of a lock's text: keys with their values as written, which are taken out one by one. What is left at the end is
 * unknown. Failures are {@code IllegalArgumentException}s that name line and key.
 */
final class LockTable {
    private static final String DIGEST_PREFIX = "sha256:";

    private final String header;
    private final int line;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(int line, String value) {}

    LockTable(String header, int line) {
        this.header = header;
        this.line = line;
    }

    String header() {
        return header;
    }

    int line() {
        return line;
    }

    /** Takes in a line {@code key = value}. */
    void add(int number, String text) {
        int equals = text.indexOf(" = ");
        if (equals <= 0) {
            throw new IllegalArgumentException("line " + number + " is neither a table nor a key with its value");
        }
        String key = text.substring(0, equals);
        if (entries.put(key, new Entry(number, text.substring(equals + 3))) != null) {
            throw new IllegalArgumentException("line " + number + ": " + key + " is there twice");
        }
    }

    String string(String key) {
        return optionalString(key).orElseThrow(() -> missing(key));
    }

    Optional<String> optionalString(String key) {
        return take(key, LockTable::parseString);
    }

    List<String> strings(String key) {
        return take(key, LockTable::parseStrings).orElse(List.of());
    }

    long number(String key) {
        OptionalLong number = optionalNumber(key);
        if (number.isEmpty()) {
            throw missing(key);
        }
        return number.getAsLong();
    }

    OptionalLong optionalNumber(String key) {
        return take(key, LockTable::parseNumber).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    boolean bool(String key, boolean otherwise) {
        return take(key, LockTable::parseBoolean).orElse(otherwise);
    }

    Optional<Instant> optionalTime(String key) {
        return take(key, LockTable::parseTime);
    }

    Instant time(String key) {
        return optionalTime(key).orElseThrow(() -> missing(key));
    }

    /** Hexadecimal digits alone. */
    Digest digest(String key) {
        return take(key, text -> new Digest(parseString(text))).orElseThrow(() -> missing(key));
    }

    /** {@code sha256:} and hexadecimal digits. */
    Digest prefixedDigest(String key) {
        return optionalPrefixedDigest(key).orElseThrow(() -> missing(key));
    }

    Optional<Digest> optionalPrefixedDigest(String key) {
        return take(key, LockTable::parsePrefixed);
    }

    /** To be called when everything known has been taken. */
    void requireNoMore() {
        entries.forEach((key, entry) -> {
            throw new IllegalArgumentException(
                    "line " + entry.line + ": the key " + key + " is not known in " + described());
        });
    }

    private <T> Optional<T> take(String key, Function<String, T> parse) {
        Entry entry = entries.remove(key);
        if (entry == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(entry.value));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("line " + entry.line + ": " + key + " is " + e.getMessage(), e);
        }
    }

    private IllegalArgumentException missing(String key) {
        return new IllegalArgumentException(described() + " at line " + line + " lacks " + key);
    }

    private String described() {
        return header.isEmpty() ? "the head of the file" : header;
    }

    private static long parseNumber(String text) {
        boolean isDecimal = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isDecimal || text.length() > 18) {
            throw new IllegalArgumentException("not a number: " + shortened(text));
        }
        return Long.parseLong(text);
    }

    private static boolean parseBoolean(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false: " + shortened(text));
        };
    }

    private static Instant parseTime(String text) {
        return LockTime.parse(text);
    }

    private static Digest parsePrefixed(String text) {
        String value = parseString(text);
        if (!value.startsWith(DIGEST_PREFIX)) {
            throw new IllegalArgumentException("not a digest: " + shortened(value));
        }
        return new Digest(value.substring(DIGEST_PREFIX.length()));
    }

    private static String parseString(String text) {
        var value = new StringBuilder(text.length());
        int end = parseString(text, 0, value);
        if (end != text.length()) {
            throw new IllegalArgumentException("followed by something that does not belong there");
        }
        return value.toString();
    }

    private static List<String> parseStrings(String text) {
        if (text.length() < 2 || text.charAt(0) != '[' || text.charAt(text.length() - 1) != ']') {
            throw new IllegalArgumentException("not an array on one line");
        }
        List<String> values = new ArrayList<>();
        int at = 1;
        while (true) {
            var value = new StringBuilder();
            at = parseString(text, at, value);
            values.add(value.toString());
            if (at == text.length() - 1) {
                return values;
            }
            if (!text.startsWith(", ", at)) {
                throw new IllegalArgumentException("not an array with \", \" between its values");
            }
            at += 2;
        }
    }

    /** Appends the string that begins at {@code start}; returns the place after its closing quote. */
    private static int parseString(String text, int start, StringBuilder value) {
        if (start >= text.length() || text.charAt(start) != '"') {
            throw new IllegalArgumentException("not a text in double quotes: " + shortened(text));
        }
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\') {
                i = parseEscape(text, i + 1, value);
            } else {
                value.append(c);
            }
        }
        throw new IllegalArgumentException("a text without its closing quote");
    }

    /** Returns the place of the escape's last character. Which escapes are canonical is checked by writing them again. */
    private static int parseEscape(String text, int at, StringBuilder value) {
        char kind = at < text.length() ? text.charAt(at) : ' ';
        if (kind == '"' || kind == '\\') {
            value.append(kind);
            return at;
        }
        if (kind != 'u' || at + 4 >= text.length()) {
            throw new IllegalArgumentException("a text with an escape that locks do not use");
        }
        value.append((char) Integer.parseInt(text, at + 1, at + 5, 16));
        return at + 4;
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
