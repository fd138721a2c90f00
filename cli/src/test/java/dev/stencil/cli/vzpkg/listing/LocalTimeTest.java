package dev.stencil.cli.vzpkg.listing;

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
    void text_padsEveryPart() {
        assertThat(LocalTime.text(Instant.parse("0987-03-02T01:00:09Z"), TimeZone.getTimeZone("UTC")))
                .endsWith("01:00:09");
    }
}
