package dev.stencil.container.many;

import dev.stencil.container.applications.Uninterrupted;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells threads that have begun to change their container from those that have not: the first are left to finish, the
 * others are interrupted when the command is told to stop.
 */
public final class ChangeGuard implements Uninterrupted {
    private final Set<Thread> unchanged = new HashSet<>();
    private boolean stopped;

    /** Thrown in place of a change that is not to begin any more. */
    static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1;

        GivenUp() {
            super("the command was stopped before the container was changed");
        }
    }

    /** The current thread begins with a container. */
    synchronized void begin() {
        if (stopped) {
            throw new GivenUp();
        }
        unchanged.add(Thread.currentThread());
    }

    /** The current thread is done with its container; true when it was interrupted before it had changed anything. */
    synchronized boolean end() {
        return unchanged.remove(Thread.currentThread()) && stopped;
    }

    /** No change begins after this. */
    synchronized void stop() {
        if (!stopped) {
            stopped = true;
            unchanged.forEach(Thread::interrupt);
        }
    }

    @Override
    public <T> T run(Supplier<T> work) {
        beginChange();
        return work.get();
    }

    private synchronized void beginChange() {
        if (unchanged.contains(Thread.currentThread()) && stopped) {
            throw new GivenUp();
        }
        unchanged.remove(Thread.currentThread());
    }
}
