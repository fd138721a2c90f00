package dev.stencil.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpmVersionTest {
    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0, 0",
        "1.0, 2.0, -1",
        "1.0~rc1, 1.0, -1",
        "1.0~rc1, 1.0~rc2, -1",
        "1.0^git1, 1.0, 1",
        "1.0^git1, 1.0.1, -1",
        "1.0^git1~x, 1.0^git1, -1",
        "10, 9, 1",
        "1.010, 1.10, 0",
        "a, 1, -1",
        "1.a, 1.1, -1",
        "2.0.1a, 2.0.1, 1",
        "1..0, 1.0, 0",
        "1_0, 1.0, 0",
        "'', 1, -1",
        "20201010101010101010101010, 3, 1",
    })
    void compareSegments_isThatOfRpm(String a, String b, int expected) {
        assertThat(RpmVersion.compareSegments(a, b)).isEqualTo(expected);
        assertThat(RpmVersion.compareSegments(b, a)).isEqualTo(-expected);
    }

    @Test
    void compare_putsTheEpochFirst() {
        assertThat(RpmVersion.compare("1:1.0-1", "2.0-1")).isPositive();
        assertThat(RpmVersion.compare("0:1.0-1", "1.0-1")).isZero();
    }

    @Test
    void compare_ignoresTheReleaseWhereOneHasNone() {
        assertThat(RpmVersion.compare("1.0", "1.0-5")).isZero();
        assertThat(RpmVersion.compare("1.0-4", "1.0-5")).isNegative();
    }
}
