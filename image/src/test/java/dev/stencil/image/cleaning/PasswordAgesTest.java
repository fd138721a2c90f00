package dev.stencil.image.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordAgesTest {
    @Test
    void daysAfterTheClockAreItsDay_andNothingElseChanges() {
        String shadow = "root:*:19000:0:99999:7:::\nnew:!:20800:0:99999:7:::\nnever:!::0:99999:7:::\nodd\n\nbad:!:x:\n";

        assertThat(PasswordAges.limited(shadow, 20_577)).isEqualTo(shadow.replace("20800", "20577"));
    }

    @Test
    void aFileWithoutALastLineEndStaysSo() {
        assertThat(PasswordAges.limited("a:!:99999:0", 1)).isEqualTo("a:!:1:0");
        assertThat(PasswordAges.limited("", 1)).isEmpty();
    }
}
