package dev.stencil.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {
    @Test
    void bothWaysGiveTheDigestsOfFips180() {
        try (Sha256 fast = Sha256.start();
                Sha256 pure = Sha256.startPureJava()) {
            for (Sha256 calculation : new Sha256[] {fast, pure}) {
                assertThat(HexFormat.of().formatHex(calculation.finish()))
                        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
                calculation.update("xabcx".getBytes(StandardCharsets.US_ASCII), 1, 3);
                assertThat(HexFormat.of().formatHex(calculation.finish()))
                        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
            }
        }
    }

    @Test
    void bothWaysAgreeOnMuchDataInPieces() {
        byte[] data = new byte[1_000_003];
        Arrays.fill(data, (byte) 'a');
        try (Sha256 fast = Sha256.start();
                Sha256 pure = Sha256.startPureJava()) {
            for (int at = 0; at < data.length; at += 65_537) {
                fast.update(data, at, Math.min(65_537, data.length - at));
            }
            pure.update(data);
            assertThat(fast.finish()).isEqualTo(pure.finish());
        }
    }
}
