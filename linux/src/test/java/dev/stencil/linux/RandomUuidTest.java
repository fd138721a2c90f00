package dev.stencil.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class RandomUuidTest {
    @Test
    void fresh_isARandomUuid_anotherOneEachTime() {
        String first = RandomUuid.fresh();

        assertThat(UUID.fromString(first).version()).isEqualTo(4);
        assertThat(UUID.fromString(first)).hasToString(first);
        assertThat(RandomUuid.fresh()).isNotEqualTo(first);
    }
}
