package dev.stencil.cli.vzpkg.listing;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Prints instants as {@code YYYY-MM-DD HH:MM:SS} in local time, without the 16 ms that a formatter costs. */
final class LocalTime {
    private LocalTime() {}

    static String text(Instant instant, ZoneId zone) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, zone);
        return digits(time.getYear(), 4) + "-" + digits(time.getMonthValue(), 2) + "-"
                + digits(time.getDayOfMonth(), 2) + " " + digits(time.getHour(), 2) + ":"
                + digits(time.getMinute(), 2) + ":" + digits(time.getSecond(), 2);
    }

    private static String digits(int number, int width) {
        String text = Integer.toString(number);
        return "0".repeat(Math.max(0, width - text.length())) + text;
    }
}
