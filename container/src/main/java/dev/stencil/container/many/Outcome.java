package dev.stencil.container.many;

import dev.stencil.host.StencilException;
import java.time.Duration;

/**
 * What came of one container.
 *
 * @param <T> what the work on one container returns
 */
public sealed interface Outcome<T> {
    /** The work was done. */
    record Done<T>(T value) implements Outcome<T> {}

    /** It failed, and {@code undoing} tells what became of what it had changed. */
    record Failed<T>(StencilException cause, Undoing undoing) implements Outcome<T> {}

    /** The container did not take part. */
    record Skipped<T>(String reason) implements Outcome<T> {}

    /** The command stopped before this container was changed. */
    record NotBegun<T>() implements Outcome<T> {}

    /** Outcomes in words, as tables and JSON have them. */
    default String word() {
        return switch (this) {
            case Done<T> _ -> "done";
            case Failed<T> _ -> "failed";
            case Skipped<T> _ -> "skipped";
            case NotBegun<T> _ -> "not begun";
        };
    }

    /** How far a failed change was taken back. */
    sealed interface Undoing {
        /** Nothing had been changed. */
        record NothingChanged() implements Undoing {}

        /** The container's packages are those from before. */
        record Undone() implements Undoing {}

        /** Taking it back failed as well. */
        record Left(StencilException cause) implements Undoing {}
    }

    /**
     * One line of the result.
     *
     * @param time from the beginning of the work on it to its end; zero when nothing was begun
     */
    record Of<T>(Candidate container, Outcome<T> outcome, Duration time) {}
}
