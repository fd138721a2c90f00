package dev.stencil.container.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadinessSocketTest {
    @ParameterizedTest
    @CsvSource({
        "READY=1, true",
        "'READY=1\nSTATUS=Startup finished in 1s.', true",
        "'STATUS=x\nREADY=1', true",
        "STATUS=READY=1, false",
        "READY=10, false",
        "X_SYSTEMD_UNIT_ACTIVE=basic.target, false",
        "'', false"
    })
    void onlyAWholeLineCounts(String message, boolean ready) {
        assertThat(ReadinessSocket.isReady(message.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(ready);
    }
}
