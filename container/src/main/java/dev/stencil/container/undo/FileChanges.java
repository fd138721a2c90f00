package dev.stencil.container.undo;

import dev.stencil.linux.NativeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The list {@code files} of an operation: sign, mark and path of each change, a line each, sorted by path. */
record FileChanges(List<FileChange> changes) {
    static final FileChanges NONE = new FileChanges(List.of());

    private static final String NOTHING = "-";

    FileChanges {
        changes = List.copyOf(changes);
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    void write(Path file) throws IOException {
        var text = new StringBuilder();
        for (FileChange change : changes) {
            text.append(change.kind().sign())
                    .append(' ')
                    .append(change.after().map(FileChange.Mark::text).orElse(NOTHING))
                    .append(' ')
                    .append(escaped(change.path()))
                    .append('\n');
        }
        Files.write(file, NativeText.bytes(text.toString()));
    }

    static FileChanges read(Path file) throws IOException {
        return parse(NativeText.text(Files.readAllBytes(file)), file.toString());
    }

    /** Understands what {@link #write} writes; {@code source} names it in errors. */
    static FileChanges parse(String text, String source) throws IOException {
        List<FileChange> changes = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.isEmpty()) {
                continue;
            }
            try {
                changes.add(parseLine(line));
            } catch (IllegalArgumentException e) {
                throw new IOException(source + ", line " + number + ": " + e.getMessage(), e);
            }
        }
        return new FileChanges(changes);
    }

    private static FileChange parseLine(String line) {
        String[] words = line.split(" ", 3);
        if (words.length != 3) {
            throw new IllegalArgumentException("three words are needed");
        }
        Optional<FileChange.Mark> after =
                words[1].equals(NOTHING) ? Optional.empty() : Optional.of(FileChange.Mark.parse(words[1]));
        return new FileChange(safe(unescaped(words[2])), FileChange.Kind.of(words[0]), after);
    }

    /** A path of a list is opened component by component; none of them may lead elsewhere. */
    private static String safe(String path) {
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                throw new IllegalArgumentException("\"" + path + "\" is no path inside a root");
            }
        }
        return path;
    }

    private static String escaped(String path) {
        return path.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String unescaped(String text) {
        var path = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                path.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
            } else {
                path.append(c);
            }
        }
        return path.toString();
    }
}
