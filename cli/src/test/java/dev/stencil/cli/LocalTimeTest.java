package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class LocalTimeTest {
    @Test
    void text_followsTheZoneThroughTheYear() {
        TimeZone berlin = TimeZone.getTimeZone("Europe/Berlin");

        assertThat(LocalTime.text(Instant.parse("2026-01-05T23:04:05.9Z"), berlin))
                .isEqualTo("2026-01-06 00:04:05");
        assertThat(LocalTime.text(Instant.parse("2026-07-05T23:04:05Z"), berlin))
                .isEqualTo("2026-07-06 01:04:05");
    }

    @Test
    void stamp_tellsHowFarTheZoneIsFromUtc() {
        assertThat(LocalTime.stamp(Instant.parse("2026-01-05T23:04:05.9Z"), TimeZone.getTimeZone("Europe/Berlin")))
                .isEqualTo("2026-01-06T00:04:05+0100");
        assertThat(LocalTime.stamp(Instant.parse("2026-01-05T23:04:05Z"), TimeZone.getTimeZone("UTC")))
                .isEqualTo("2026-01-05T23:04:05+0000");
        assertThat(LocalTime.stamp(Instant.parse("2026-01-05T23:04:05Z"), TimeZone.getTimeZone("GMT-03:30")))
                .isEqualTo("2026-01-05T19:34:05-0330");
    }

    @Test
    void text_padsEveryPart() {
        assertThat(LocalTime.text(Instant.parse("0987-03-02T01:00:09Z"), TimeZone.getTimeZone("UTC")))
                .endsWith("01:00:09");
    }
}
