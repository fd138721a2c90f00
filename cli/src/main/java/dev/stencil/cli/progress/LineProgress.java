package dev.stencil.cli.progress;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** For pipes and log files: a line for each stage and note, and one every few seconds while a long task runs. */
public final class LineProgress implements ShownProgress {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Consumer<String> lines;
    private final LongSupplier nanos;

    /** {@code nanos} is the clock, {@code System::nanoTime} outside tests. */
    public LineProgress(Consumer<String> lines, LongSupplier nanos) {
        this.lines = lines;
        this.nanos = nanos;
    }

    @Override
    public synchronized void stage(String title) {
        lines.accept(title);
    }

    @Override
    public synchronized void note(String line) {
        lines.accept(line);
    }

    @Override
    public Task task(String what, long total, Unit unit) {
        return new Lines(what, total, unit);
    }

    @Override
    public void close() {}

    private final class Lines implements Task {
        private final String what;
        private final long total;
        private final Unit unit;
        private final AtomicLong done = new AtomicLong();
        private final AtomicLong nextLine = new AtomicLong(nanos.getAsLong() + INTERVAL.toNanos());

        Lines(String what, long total, Unit unit) {
            this.what = what;
            this.total = total;
            this.unit = unit;
        }

        @Override
        public void advance(long amount) {
            long now = done.addAndGet(amount);
            long due = nextLine.get();
            if (nanos.getAsLong() >= due && nextLine.compareAndSet(due, nanos.getAsLong() + INTERVAL.toNanos())) {
                note("  " + what + ": " + counted(now));
            }
        }

        private String counted(long now) {
            String of = total > 0 ? " of " + amount(total) + " (" + Math.min(100, now * 100 / total) + "%)" : "";
            return amount(now) + of;
        }

        private String amount(long number) {
            return switch (unit) {
                case BYTES -> number / (1024 * 1024) + " MiB";
                case ITEMS -> Long.toString(number);
            };
        }

        @Override
        public void close() {}
    }
}
