package dev.stencil.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Random UUIDs from the kernel; the JDK's first one loads its security providers, 10 ms of a command. Source: random(4). */
public final class RandomUuid {
    private static final Path SOURCE = Path.of("/proc/sys/kernel/random/uuid");

    private RandomUuid() {}

    /** Another one at each call, in lower case with dashes. */
    public static String fresh() {
        try {
            return Files.readString(SOURCE).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("No random UUID from " + SOURCE + "; is /proc mounted?", e);
        }
    }
}
