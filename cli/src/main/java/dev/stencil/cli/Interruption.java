package dev.stencil.cli;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What SIGINT, SIGTERM and SIGHUP do: the working thread is interrupted, gets time to clean up, and the process ends with
 * 128 + the signal's number, which the JVM sets. Work under {@link #hold} is left to finish first (spec vzpkg 9.2).
 */
public final class Interruption {
    /** Enough to kill children, unmount and rename aside; whatever is left is swept by the next run. */
    private static final Duration CLEAN_UP = Duration.ofSeconds(30);

    private enum State {
        RUNNING,
        SIGNALLED,
        FINISHED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final ReentrantLock held = new ReentrantLock();

    private Interruption() {}

    /** Nothing watched; for runs inside a test. */
    static Interruption none() {
        return new Interruption();
    }

    /** Watches over the current thread. */
    static Interruption watch() {
        var interruption = new Interruption();
        Thread worker = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.stop(worker), "interruption"));
        return interruption;
    }

    /** Whether a signal came. */
    boolean isUnderway() {
        return state.get() == State.SIGNALLED;
    }

    /** Called when the work is done; false when a signal came before, so that the process is ending already. */
    boolean finish() {
        return state.compareAndSet(State.RUNNING, State.FINISHED);
    }

    /** Does {@code work}; a signal that comes meanwhile takes effect after it. */
    public <T> T hold(Supplier<T> work) {
        held.lock();
        try {
            return work.get();
        } finally {
            held.unlock();
        }
    }

    /** What a signal does: returns when {@code worker} has ended or its time is up. */
    void stop(Thread worker) {
        if (!state.compareAndSet(State.RUNNING, State.SIGNALLED)) {
            return;
        }
        held.lock();
        try {
            worker.interrupt();
        } finally {
            held.unlock();
        }
        try {
            worker.join(CLEAN_UP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
