package dev.stencil.container.applications;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The answer to a question that is being asked in the background, since the next step does not need it yet. Closing waits
 * for the asking to end, whatever came of it, so nothing of it is left behind.
 */
final class Asked<T> implements Supplier<T>, AutoCloseable {
    private final CompletableFuture<T> answer;

    private Asked(CompletableFuture<T> answer) {
        this.answer = answer;
    }

    static <T> Asked<T> begin(Supplier<T> question) {
        return new Asked<>(CompletableFuture.supplyAsync(question, Thread.ofVirtual()::start));
    }

    /** Waits for the answer; what the question failed with is thrown here. */
    @Override
    public T get() {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    @Override
    public void close() {
        answer.handle((_, _) -> "over").join();
    }
}
