package dev.stencil.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NativeTextTest {
    @Property(tries = 2000)
    void anyBytesWithoutNulSurviveTheRoundTrip(@ForAll @Size(max = 40) byte[] bytes) {
        byte[] name = bytes.clone();
        for (int i = 0; i < name.length; i++) {
            name[i] = name[i] == 0 ? 1 : name[i];
        }

        assertThat(NativeText.bytes(NativeText.text(name))).isEqualTo(name);
    }

    @Test
    void plainUtf8StaysWhatItIs() {
        assertThat(NativeText.text("Grüße".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo("Grüße");
    }

    @Test
    void charactersWhoseSecondHalfLooksLikeAnEscape_areNotTakenForOne() {
        byte[] name = {(byte) 0xF3, (byte) 0xBF, (byte) 0x83, (byte) 0xBF, (byte) 0xFF};

        assertThat(NativeText.bytes(NativeText.text(name))).isEqualTo(name);
    }

    @Test
    void aNulIsRefused() {
        assertThatThrownBy(() -> NativeText.bytes("etc/passwd\0.txt")).isInstanceOf(IllegalArgumentException.class);
    }
}
