package dev.stencil.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.host.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineProgressTest {
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final LineProgress progress = new LineProgress(lines::add, clock::get);

    @Test
    void shortTaskSaysNothing() {
        try (var task = progress.task("Unpacking", 10, Progress.Unit.ITEMS)) {
            task.advance(10);
        }

        assertThat(lines).isEmpty();
    }

    @Test
    void longTaskTellsItsShareEveryFewSeconds() {
        try (var task = progress.task("Downloading", 40L << 20, Progress.Unit.BYTES)) {
            clock.addAndGet(Duration.ofSeconds(6).toNanos());
            task.advance(10L << 20);
            task.advance(1);
            clock.addAndGet(Duration.ofSeconds(6).toNanos());
            task.advance(30L << 20);
        }

        assertThat(lines)
                .containsExactly("  Downloading: 10 MiB of 40 MiB (25%)", "  Downloading: 40 MiB of 40 MiB (100%)");
    }

    @Test
    void unknownTotalHasNoShare() {
        try (var task = progress.task("Reading", 0, Progress.Unit.ITEMS)) {
            clock.addAndGet(Duration.ofSeconds(6).toNanos());
            task.advance(3);
        }

        assertThat(lines).containsExactly("  Reading: 3");
    }
}
