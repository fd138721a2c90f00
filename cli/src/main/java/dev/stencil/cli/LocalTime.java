package dev.stencil.cli;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.TimeZone;

/** Prints instants in local time, without the 16 ms of a formatter, nor the 15 ms of the first {@code ZoneId}, whose rules are sought in every jar. */
public final class LocalTime {
    private LocalTime() {}

    /** For a person: {@code YYYY-MM-DD HH:MM:SS}. */
    public static String text(Instant instant, TimeZone zone) {
        return digits(instant, offsetSeconds(instant, zone), " ");
    }

    /** For a log: {@code YYYY-MM-DDTHH:MM:SS+HHMM}, the last part the distance from UTC. */
    static String stamp(Instant instant, TimeZone zone) {
        int offset = offsetSeconds(instant, zone);
        int minutes = Math.abs(offset) / 60;
        return digits(instant, offset, "T")
                + (offset < 0 ? "-" : "+")
                + digits(minutes / 60, 2)
                + digits(minutes % 60, 2);
    }

    private static int offsetSeconds(Instant instant, TimeZone zone) {
        return zone.getOffset(instant.toEpochMilli()) / 1000;
    }

    private static String digits(Instant instant, int offsetSeconds, String between) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond() + offsetSeconds, 0, ZoneOffset.UTC);
        return digits(time.getYear(), 4) + "-" + digits(time.getMonthValue(), 2) + "-"
                + digits(time.getDayOfMonth(), 2) + between + digits(time.getHour(), 2) + ":"
                + digits(time.getMinute(), 2) + ":" + digits(time.getSecond(), 2);
    }

    private static String digits(int number, int width) {
        String text = Integer.toString(number);
        return "0".repeat(Math.max(0, width - text.length())) + text;
    }
}
