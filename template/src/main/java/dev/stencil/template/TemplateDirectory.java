package dev.stencil.template;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files that OS and application templates read alike: a set's directory and the {@code default} one that it inherits
 * scripts from.
 */
final class TemplateDirectory {
    private static final String KEYS = "keys";
    private static final String UNSIGNED = "unsigned_repositories";

    private final ConfigDirectory own;
    private final ConfigDirectory ofDefaultSet;

    TemplateDirectory(Path own, Path ofDefaultSet) {
        this.own = new ConfigDirectory(own);
        this.ofDefaultSet = new ConfigDirectory(ofDefaultSet);
    }

    ConfigDirectory own() {
        return own;
    }

    ConfigDirectory ofDefaultSet() {
        return ofDefaultSet;
    }

    /** Own lines, those of the default set when there are none. */
    List<String> inheritedLines(String name) {
        List<String> lines = own.lines(name);
        return lines.isEmpty() ? ofDefaultSet.lines(name) : lines;
    }

    /** Own lines and those of the default set. */
    List<String> linesAndInherited(String name) {
        Set<String> lines = new LinkedHashSet<>(ofDefaultSet.lines(name));
        lines.addAll(own.lines(name));
        return List.copyOf(lines);
    }

    /** The file that {@link #inheritedLines} reads. */
    Path inheritedFrom(String name) {
        return own.lines(name).isEmpty() ? ofDefaultSet.file(name) : own.file(name);
    }

    /** Own words, those of the default set when there are none. */
    List<String> inheritedWords(String name) {
        List<String> words = own.words(name);
        return words.isEmpty() ? ofDefaultSet.words(name) : words;
    }

    /** Own script if executable, else the default set's if executable (spec vzpkg 2.6). */
    Optional<Path> script(Script script) {
        return executable(own.file(script.fileName())).or(() -> executable(ofDefaultSet.file(script.fileName())));
    }

    /** An addition to the format: {@code yes} in this file accepts repositories that are not signed. */
    boolean isUnsignedAllowed() {
        Optional<String> line = own.firstLine(UNSIGNED);
        return line.isPresent() && line.get().equalsIgnoreCase("yes");
    }

    /** An addition to the format: keyrings in {@code keys/}, own ones and the default set's, by name. */
    List<Path> keyrings() {
        List<Path> keyrings = new ArrayList<>(keyringsIn(own.file(KEYS)));
        for (Path inherited : keyringsIn(ofDefaultSet.file(KEYS))) {
            if (!keyrings.contains(inherited)) {
                keyrings.add(inherited);
            }
        }
        return keyrings;
    }

    private static List<Path> keyringsIn(Path directory) {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if ((name.endsWith(".gpg") || name.endsWith(".asc")) && Files.isRegularFile(file)) {
                    found.add(file);
                }
            }
        } catch (IOException e) {
            throw TemplateFaults.unreadable(directory, e);
        }
        Collections.sort(found);
        return found;
    }

    private static Optional<Path> executable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file) ? Optional.of(file) : Optional.empty();
    }
}
