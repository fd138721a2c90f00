package dev.stencil.packages.lock;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Date-times of a lock: UTC, whole seconds, {@code YYYY-MM-DDThh:mm:ssZ}. */
final class LockTime {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int LENGTH = "YYYY-MM-DDThh:mm:ssZ".length();

    private LockTime() {}

    static void require(String key, Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST) || !time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException(key + " is not a whole second of a four-digit year: " + time);
        }
    }

    /** Throws {@code DateTimeException} for anything but the one form. */
    static Instant parse(String text) {
        Instant time = Instant.parse(text);
        if (text.length() != LENGTH || !time.toString().equals(text)) {
            throw new DateTimeException("not of the form YYYY-MM-DDThh:mm:ssZ: " + text);
        }
        return time;
    }
}
