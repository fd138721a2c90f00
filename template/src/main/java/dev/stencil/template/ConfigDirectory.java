package dev.stencil.template;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The small text files of one template's directory, read by the rules of spec vzpkg 2.3. A file that is missing equals an
 * empty one; a file that exists and cannot be read makes the template broken. Nothing is kept: each call reads.
 */
final class ConfigDirectory {
    /** Longest line the format knows, in bytes. A longer one is an error here, never cut. */
    static final int LONGEST_LINE = 4096;

    private static final int LARGEST_FILE = 4 << 20;

    private final Path directory;

    ConfigDirectory(Path directory) {
        this.directory = directory;
    }

    Path path() {
        return directory;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    boolean hasFile(String name) {
        return Files.isRegularFile(file(name));
    }

    boolean exists(String name) {
        return Files.exists(file(name));
    }

    /** The first line that counts, whole. */
    Optional<String> firstLine(String name) {
        List<String> lines = lines(name);
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.getFirst());
    }

    /** Each line that counts is one item. */
    List<String> lines(String name) {
        return linesOf(file(name));
    }

    /** Each word, separated by white space, is one item. */
    List<String> words(String name) {
        List<String> words = new ArrayList<>();
        for (String line : lines(name)) {
            addWords(line, words);
        }
        return words;
    }

    /** A switch that is on unless the first line begins with N, n or 0 (spec vzpkg 2.4). */
    boolean isOnUnlessSwitchedOff(String name) {
        Optional<String> line = firstLine(name);
        if (line.isEmpty()) {
            return true;
        }
        char first = line.get().charAt(0);
        return first != 'N' && first != 'n' && first != '0';
    }

    /** {@link #lines} of any file of the area. */
    static List<String> linesOf(Path file) {
        return Files.exists(file) ? parseLines(file, content(file)) : List.of();
    }

    /** The lines of a text by the rules of 2.3; {@code file} is for messages only. */
    static List<String> parseLines(Path file, byte[] content) {
        List<String> lines = new ArrayList<>();
        int number = 0;
        int start = 0;
        while (start < content.length) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            number++;
            if (end - start > LONGEST_LINE) {
                throw TemplateFaults.broken(
                        file, "has a line longer than " + LONGEST_LINE + " bytes: line " + number + ". Break it up.");
            }
            String line = trim(new String(content, start, end - start, StandardCharsets.UTF_8));
            if (!line.isEmpty() && line.charAt(0) != '#') {
                lines.add(line);
            }
            start = end + 1;
        }
        return lines;
    }

    /** Words of a line, appended to {@code words}. */
    static void addWords(String line, List<String> words) {
        int start = -1;
        for (int i = 0; i <= line.length(); i++) {
            boolean blank = i == line.length() || isBlank(line.charAt(i));
            if (blank && start >= 0) {
                words.add(line.substring(start, i));
                start = -1;
            } else if (!blank && start < 0) {
                start = i;
            }
        }
    }

    /** Without leading blanks and colons, without trailing blanks. */
    private static String trim(String line) {
        int start = 0;
        int end = line.length();
        while (start < end && (isBlank(line.charAt(start)) || line.charAt(start) == ':')) {
            start++;
        }
        while (end > start && isBlank(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(start, end);
    }

    /** White space as C's {@code isspace} in the C locale; NUL counts too, because nothing can follow it there. */
    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || c == 0;
    }

    private static byte[] content(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw TemplateFaults.broken(file, "is larger than 4 MiB. That is no file of a template.");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw TemplateFaults.unreadable(file, e);
        }
    }
}
