package dev.stencil.container.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatchShortageTest {
    @Test
    void oneLineSaysWhatIsShortAndWhatToDo() {
        assertThat(WatchShortage.words(128))
                .startsWith("Warning: the host's 128 inotify instances are nearly used up")
                .endsWith("sysctl -w fs.inotify.max_user_instances=8192")
                .doesNotContain("\n");
    }

    @Test
    void itNeverAdvisesLessThanThereIs() {
        assertThat(WatchShortage.words(65536)).endsWith("=131072");
    }
}
