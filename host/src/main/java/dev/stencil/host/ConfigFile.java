package dev.stencil.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code KEY="value"} files: vz.conf, vztt.conf, container configs and samples. Syntax: spec vzpkg 3.1 and vzctl 1.3.
 *
 * <p>Immutable. The lines are kept, so that a rewritten file keeps its comments, order and unknown keys.
 */
public final class ConfigFile {
    public static final ConfigFile EMPTY = new ConfigFile(List.of());

    private final List<String> lines;
    private final Map<String, String> values;

    private ConfigFile(List<String> lines) {
        this.lines = List.copyOf(lines);
        Map<String, String> found = new LinkedHashMap<>();
        for (String line : lines) {
            String key = keyOf(line);
            if (!key.isEmpty()) {
                found.put(key, valueOf(line));
            }
        }
        this.values = Map.copyOf(found);
    }

    public static ConfigFile parse(String text) {
        List<String> lines = new ArrayList<>(); // by hand: every command reads one, and the first stream costs 2 ms
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            lines.add(withoutReturn(text.substring(start, end)));
            start = end + 1;
        }
        if (start < text.length()) {
            lines.add(withoutReturn(text.substring(start)));
        }
        return new ConfigFile(lines);
    }

    private static String withoutReturn(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\r') {
            end--;
        }
        return line.substring(0, end);
    }

    public static ConfigFile read(Path file) throws IOException {
        return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    /** Last value given to {@code key}, without its quotes. */
    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** As {@link #get}, an empty value counting as absent. */
    public Optional<String> nonEmpty(String key) {
        return get(key).filter(value -> !value.isEmpty());
    }

    /** Items of a list value, separated by blanks or commas. */
    public List<String> list(String key) {
        return get(key).map(ConfigFile::split).orElse(List.of());
    }

    /** Whether the value begins with {@code N}, {@code n} or {@code 0}; an absent one does not. */
    public boolean isSwitchedOff(String key) {
        String value = get(key).orElse("");
        return !value.isEmpty() && "Nn0".indexOf(value.charAt(0)) >= 0;
    }

    public Set<String> keys() {
        return values.keySet();
    }

    /** With {@code changes} applied in place: existing keys keep their line, new ones are appended, empty removes. */
    public ConfigFile with(Map<String, Optional<String>> changes) {
        List<String> result = new ArrayList<>();
        Set<String> done = new HashSet<>();
        for (String line : lines) {
            String key = keyOf(line);
            Optional<String> change = changes.get(key);
            if (change == null) {
                result.add(line);
            } else if (change.isPresent() && done.add(key)) {
                result.add(assignment(key, change.get()));
            }
        }
        changes.forEach((key, value) -> {
            if (value.isPresent() && done.add(key)) {
                result.add(assignment(key, value.get()));
            }
        });
        return new ConfigFile(result);
    }

    public ConfigFile with(String key, String value) {
        return with(Map.of(key, Optional.of(value)));
    }

    /** The text of the file. */
    public String text() {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    /**
     * Replaces {@code file} atomically: written beside the file that a link leads to, synced, owner and mode copied, renamed.
     * A new file gets mode 0644.
     */
    public void write(Path file) throws IOException {
        Path real = Files.exists(file) ? file.toRealPath() : file;
        Path beside = real.resolveSibling(real.getFileName() + "." + Long.toHexString(System.nanoTime()));
        try (var channel = java.nio.channels.FileChannel.open(
                beside, java.nio.file.StandardOpenOption.CREATE_NEW, java.nio.file.StandardOpenOption.WRITE)) {
            var bytes = java.nio.ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            var attributes = Files.getFileAttributeView(beside, PosixFileAttributeView.class);
            if (Files.exists(real)) {
                var old = Files.readAttributes(real, java.nio.file.attribute.PosixFileAttributes.class);
                attributes.setOwner(old.owner());
                attributes.setGroup(old.group());
                attributes.setPermissions(old.permissions());
            } else {
                attributes.setPermissions(java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
            }
            channel.force(true);
            Files.move(beside, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
    }

    /** Words of a value, separated by blanks or commas. */
    public static List<String> split(String value) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= value.length(); i++) {
            boolean separator =
                    i == value.length() || value.charAt(i) == ',' || Character.isWhitespace(value.charAt(i));
            if (separator && start >= 0) {
                words.add(value.substring(start, i));
                start = -1;
            } else if (!separator && start < 0) {
                start = i;
            }
        }
        return words;
    }

    private static String keyOf(String line) {
        String text = line.strip();
        int equals = text.indexOf('=');
        return text.startsWith("#") || equals <= 0 ? "" : text.substring(0, equals);
    }

    private static String valueOf(String line) {
        String raw = line.substring(line.indexOf('=') + 1).strip();
        char quote = raw.isEmpty() ? ' ' : raw.charAt(0);
        boolean quoted = quote == '"' || quote == '\'';
        var value = new StringBuilder();
        for (int i = quoted ? 1 : 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '\\' && i + 1 < raw.length()) {
                value.append(raw.charAt(++i));
            } else if (quoted && c == quote) {
                break;
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    private static String assignment(String key, String value) {
        return key + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + "\"";
    }
}
