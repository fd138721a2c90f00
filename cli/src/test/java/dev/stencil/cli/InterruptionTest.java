package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InterruptionTest {
    @Test
    void signalInterruptsTheWorkAndWaitsForItsCleanUp() throws InterruptedException {
        var interruption = Interruption.none();
        var events = new AtomicReference<>(List.<String>of());
        var started = new CountDownLatch(1);
        Thread worker = Thread.ofPlatform().start(() -> {
            started.countDown();
            try {
                Thread.sleep(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                add(events, "cleaned up");
            }
            add(events, "finish says " + interruption.finish());
        });
        started.await();

        interruption.stop(worker);

        assertThat(events.get()).containsExactly("cleaned up", "finish says false");
    }

    @Test
    void signalWaitsForHeldWork() throws InterruptedException {
        var interruption = Interruption.none();
        var events = new AtomicReference<>(List.<String>of());
        var held = new CountDownLatch(1);
        Thread worker = Thread.ofPlatform().start(() -> {
            interruption.hold(() -> {
                held.countDown();
                sleep(Duration.ofMillis(200));
                add(events, "interrupted inside: " + Thread.currentThread().isInterrupted());
                return true;
            });
            sleep(Duration.ofSeconds(10));
            add(events, "interrupted after: " + Thread.currentThread().isInterrupted());
        });
        held.await();

        interruption.stop(worker);

        assertThat(events.get()).containsExactly("interrupted inside: false", "interrupted after: true");
    }

    @Test
    void signalAfterTheEndChangesNothing() {
        var interruption = Interruption.none();

        assertThat(interruption.finish()).isTrue();
        interruption.stop(Thread.currentThread());

        assertThat(Thread.interrupted()).isFalse();
    }

    private static void add(AtomicReference<List<String>> events, String event) {
        events.updateAndGet(old -> java.util.stream.Stream.concat(old.stream(), java.util.stream.Stream.of(event))
                .toList());
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
