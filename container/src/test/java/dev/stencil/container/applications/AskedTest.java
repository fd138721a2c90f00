package dev.stencil.container.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AskedTest {
    @Test
    void get_waitsForTheAnswer() {
        var mayAnswer = new CountDownLatch(1);
        try (Asked<String> asked = Asked.begin(() -> {
            await(mayAnswer);
            return "answer";
        })) {
            mayAnswer.countDown();
            assertThat(asked.get()).isEqualTo("answer");
        }
    }

    @Test
    void get_failsAsTheQuestionDid() {
        var failure = new IllegalStateException("no database");
        try (Asked<String> asked = Asked.begin(() -> {
            throw failure;
        })) {
            assertThatThrownBy(asked::get).isSameAs(failure);
        }
    }

    @Test
    void close_waitsForTheEnd_alsoOfAQuestionThatFails() {
        var isOver = new AtomicBoolean();
        try (Asked<String> _ = Asked.begin(() -> {
            isOver.set(true);
            throw new IllegalStateException("nobody asks");
        })) {
            // Something else failed before the answer was needed.
        }
        assertThat(isOver).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
