package dev.stencil.image.cleaning;

import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The day of the last change of each password, third field of {@code /etc/shadow} ({@code shadow(5)}): for accounts made with
 * the root it is the day of the clock, also where a tool asked the kernel.
 */
public final class PasswordAges {
    private static final String SHADOW = "etc/shadow";
    private static final int CHANGED = 2;

    private PasswordAges() {}

    /** Sets days after that of {@code clock} to it. */
    public static void limit(Path directory, Instant clock) throws IOException {
        try (Root root = Root.open(directory)) {
            Optional<FileStatus> status = root.status(SHADOW);
            if (status.filter(FileStatus::isRegular).isEmpty()) {
                return;
            }
            // One char for each byte: the file is not ours to recode.
            String text = new String(root.read(SHADOW).orElse(new byte[0]), StandardCharsets.ISO_8859_1);
            String limited =
                    limited(text, Duration.between(Instant.EPOCH, clock).toDays());
            if (!limited.equals(text)) {
                root.write(
                        SHADOW,
                        limited.getBytes(StandardCharsets.ISO_8859_1),
                        new Mode(status.get().permissions()),
                        new Owner(status.get().uid(), status.get().gid()));
            }
        }
    }

    public static String limited(String shadow, long day) {
        var text = new StringBuilder();
        for (String line : shadow.split("(?<=\n)", -1)) {
            String[] fields = line.split(":", -1);
            if (fields.length > CHANGED + 1 && isAfter(fields[CHANGED], day)) {
                fields[CHANGED] = Long.toString(day);
            }
            text.append(String.join(":", fields));
        }
        return text.toString();
    }

    private static boolean isAfter(String field, long day) {
        return !field.isEmpty()
                && field.length() < 10
                && field.chars().allMatch(c -> c >= '0' && c <= '9')
                && Long.parseLong(field) > day;
    }
}
