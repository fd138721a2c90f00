package dev.stencil.container.many;

import dev.stencil.container.many.Outcome.Undoing;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Works on many containers, several at once, in their order. A failure is that container's alone, unless the first one is
 * to end the command: then those that are being worked on finish and no other begins. A signal ends it too; containers
 * that it finds unchanged are left as they are.
 */
public final class ManyContainers {
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Limits limits;
    private final ChangeGuard guard;
    private final BooleanSupplier isSignalled;

    /**
     * How far the work may go.
     *
     * @param jobs how many containers are worked on at once, at least 1
     * @param failFast whether the first failure ends the command
     */
    public record Limits(int jobs, boolean failFast) {
        public Limits {
            if (jobs < 1) {
                throw new IllegalArgumentException("jobs: " + jobs);
            }
        }
    }

    /** What is done with one container. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it; a {@link StencilException} means that it failed and there is nothing to be undone. */
        Outcome<T> on(Candidate container);
    }

    /** Is told how those that take part fare, by several threads. */
    public interface Listener<T> {
        void begun(Candidate container);

        void ended(Outcome.Of<T> line);
    }

    /**
     * Makes a runner for one command.
     *
     * @param guard the one that changes of the work run under
     * @param isSignalled whether a signal asks the command to end
     */
    public ManyContainers(Limits limits, ChangeGuard guard, BooleanSupplier isSignalled) {
        this.limits = limits;
        this.guard = guard;
        this.isSignalled = isSignalled;
    }

    /** One line for each of {@code containers}, in their order. */
    public <T> List<Outcome.Of<T>> run(List<Candidate> containers, Work<T> work, Listener<T> listener) {
        return new Run<>(containers, work, listener).run();
    }

    /** One run of {@link #run}. */
    private final class Run<T> {
        private final List<Candidate> containers;
        private final Work<T> work;
        private final Listener<T> listener;
        private final Map<String, Outcome.Of<T>> lines = new ConcurrentHashMap<>();
        private final AtomicInteger next = new AtomicInteger();
        private volatile boolean isEnding;

        Run(List<Candidate> containers, Work<T> work, Listener<T> listener) {
            this.containers = containers;
            this.work = work;
            this.listener = listener;
        }

        List<Outcome.Of<T>> run() {
            int count = Math.min(limits.jobs(), Math.max(1, containers.size()));
            var busy = new CountDownLatch(count);
            for (int i = 0; i < count; i++) {
                Thread.ofPlatform().name("container-" + i).start(() -> {
                    try {
                        takeTurns();
                    } finally {
                        busy.countDown();
                    }
                });
            }
            await(busy);
            List<Outcome.Of<T>> all = new ArrayList<>();
            for (Candidate one : containers) {
                Outcome.Of<T> line = lines.get(one.id());
                all.add(line == null ? new Outcome.Of<>(one, new Outcome.NotBegun<>(), Duration.ZERO) : line);
            }
            return all;
        }

        /** Whatever happens to this thread, those that change containers are waited for. */
        private void await(CountDownLatch busy) {
            boolean interrupted = false;
            while (true) {
                try {
                    if (busy.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                        break;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                if (interrupted || isSignalled.getAsBoolean()) {
                    isEnding = true;
                    guard.stop();
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void takeTurns() {
            for (int i = next.getAndIncrement(); i < containers.size() && !isEnding; i = next.getAndIncrement()) {
                Candidate container = containers.get(i);
                Optional<Outcome.Of<T>> line = line(container);
                if (line.isPresent()) {
                    lines.put(container.id(), line.get());
                    if (limits.failFast() && line.get().outcome() instanceof Outcome.Failed<T>) {
                        isEnding = true;
                    }
                    if (container.obstacle().isEmpty()) {
                        listener.ended(line.get());
                    }
                }
            }
        }

        /** Empty when it was given up before anything was changed. */
        private Optional<Outcome.Of<T>> line(Candidate container) {
            if (container.obstacle().isPresent()) {
                Outcome<T> skipped = new Outcome.Skipped<>(container.obstacle().get());
                return Optional.of(new Outcome.Of<>(container, skipped, Duration.ZERO));
            }
            listener.begun(container);
            long begin = System.nanoTime();
            Optional<Outcome<T>> outcome = outcome(container);
            Duration time = Duration.ofNanos(System.nanoTime() - begin);
            return outcome.map(found -> new Outcome.Of<>(container, found, time));
        }

        private Optional<Outcome<T>> outcome(Candidate container) {
            try {
                guard.begin();
                Outcome<T> outcome = work.on(container);
                boolean isGivenUp = guard.end() && outcome instanceof Outcome.Failed<T>;
                return isGivenUp ? Optional.empty() : Optional.of(outcome);
            } catch (ChangeGuard.GivenUp e) {
                guard.end();
                return Optional.empty();
            } catch (RuntimeException | Error e) {
                return guard.end()
                        ? Optional.empty()
                        : Optional.of(new Outcome.Failed<>(known(e), new Undoing.NothingChanged()));
            }
        }

        private StencilException known(Throwable e) {
            return e instanceof StencilException known
                    ? known
                    : new StencilException(Fault.INTERNAL, "This is a bug in Stencil: " + e, e);
        }
    }
}
