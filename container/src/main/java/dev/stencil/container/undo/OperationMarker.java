package dev.stencil.container.undo;

import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The file {@code operation} of a private area: there while an operation is at work, and after it was killed (spec conary
 * 9.7, R-9).
 *
 * @param pid process that works, or worked
 * @param number operation that it is about
 * @param command what was asked for
 */
record OperationMarker(long pid, int number, Phase phase, String command) {
    static final String FILE = "operation";

    /** How far an operation has come. */
    enum Phase {
        /** Nothing is changed; the container may be frozen. */
        SNAPSHOT,
        /** Packages are changed. */
        CHANGING,
        /** Changes are being undone. */
        ROLLING_BACK;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static Optional<OperationMarker> read(Path area) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(area.resolve(FILE));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        try {
            String phase = lines.get(2).toUpperCase(Locale.ROOT).replace('-', '_');
            return Optional.of(new OperationMarker(
                    Long.parseLong(lines.get(0)), Integer.parseInt(lines.get(1)), Phase.valueOf(phase), lines.get(3)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(
                    area.resolve(FILE) + " is damaged: it should hold four lines: process, number, phase, command", e);
        }
    }

    void write(Path area) throws IOException {
        String line = command.replace('\n', ' ');
        String text = pid + "\n" + number + "\n" + phase.word() + "\n" + line + "\n";
        try (Root root = Root.open(area)) {
            root.write(FILE, text, Mode.FILE, Owner.ROOT);
        }
    }

    OperationMarker in(Phase next) {
        return new OperationMarker(ProcessHandle.current().pid(), number, next, command);
    }

    static void remove(Path area) throws IOException {
        Files.deleteIfExists(area.resolve(FILE));
    }
}
