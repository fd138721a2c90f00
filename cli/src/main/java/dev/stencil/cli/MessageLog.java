package dev.stencil.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Supplier;

/**
 * Keeps what was said to the user, one dated line each, in {@code /var/log/vztt.log} or {@code vzctl.log} (spec vzpkg 9.3).
 * A log that cannot be written never stops the work.
 */
interface MessageLog {
    MessageLog NONE = text -> {};

    void append(String text);

    /** Opened for each line, so that rotation needs no signal. Formatting of dates is loaded with the first line. */
    static MessageLog to(Path file, Supplier<Clock> clock) {
        return text -> {
            String when = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxx").format(ZonedDateTime.now(clock.get()));
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
