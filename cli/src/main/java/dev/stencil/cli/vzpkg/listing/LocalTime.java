package dev.stencil.cli.vzpkg.listing;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.TimeZone;

/**
 * Prints instants as {@code YYYY-MM-DD HH:MM:SS} in local time, without the 16 ms that a formatter costs, nor the 15 ms of
 * the first {@code ZoneId}, whose rules are sought in every jar.
 */
public final class LocalTime {
    private LocalTime() {}

    /** {@code instant} in {@code zone}. */
    public static String text(Instant instant, TimeZone zone) {
        long offsetSeconds = zone.getOffset(instant.toEpochMilli()) / 1000;
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond() + offsetSeconds, 0, ZoneOffset.UTC);
        return digits(time.getYear(), 4) + "-" + digits(time.getMonthValue(), 2) + "-"
                + digits(time.getDayOfMonth(), 2) + " " + digits(time.getHour(), 2) + ":"
                + digits(time.getMinute(), 2) + ":" + digits(time.getSecond(), 2);
    }

    private static String digits(int number, int width) {
        String text = Integer.toString(number);
        return "0".repeat(Math.max(0, width - text.length())) + text;
    }
}
