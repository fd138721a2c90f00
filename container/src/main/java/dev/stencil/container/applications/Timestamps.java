package dev.stencil.container.applications;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * When each template was last installed: {@code templates/<template>/timestamp} with one line of local time. Source: spec
 * vzpkg 2.2.
 */
public final class Timestamps {
    private static final String FILE = "timestamp";
    private static final String PATTERN = "yyyy-MM-dd HH:mm:ss";

    private final Path templates;

    /** {@code templates} is the book-keeping directory of a private area or a cache. */
    public Timestamps(Path templates) {
        this.templates = templates;
    }

    /** The line as it stands; empty when there is none. */
    public Optional<String> read(String template) throws IOException {
        try {
            return Files.readString(directory(template).resolve(FILE), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    public void write(String template, LocalDateTime time) throws IOException {
        Path directory = Files.createDirectories(directory(template));
        Path beside = directory.resolve("." + FILE);
        Files.writeString(beside, DateTimeFormatter.ofPattern(PATTERN).format(time) + "\n");
        Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(
                beside, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Forgets a template, with everything else that was kept about it. */
    public void delete(String template) throws IOException {
        Path directory = directory(template);
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (var entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                Files.delete(entry);
            }
        }
        Files.delete(directory);
    }

    private Path directory(String template) throws IOException {
        Path directory = templates.resolve(template).normalize();
        if (template.isEmpty() || !templates.normalize().equals(directory.getParent())) {
            throw new IOException("\"" + template + "\" is not the name of a template");
        }
        return directory;
    }
}
