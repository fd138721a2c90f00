package dev.stencil.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.TimeZone;

/**
 * Keeps what was said to the user, one dated line each, in {@code /var/log/vztt.log} or {@code vzctl.log} (spec vzpkg 9.3).
 * A log that cannot be written never stops the work.
 */
interface MessageLog {
    MessageLog NONE = text -> {};

    void append(String text);

    /** Opened for each line, so that rotation needs no signal. */
    static MessageLog to(Path file) {
        return text -> {
            String when = LocalTime.stamp(Instant.now(), TimeZone.getDefault());
            try {
                // A fresh STENCIL_ROOT has no directory for logs yet.
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(
                        file,
                        when + " : " + text + "\n",
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException unwritable) {
                // The user has seen the message; the log is a copy (spec: a failure to open is ignored).
            }
        };
    }
}
