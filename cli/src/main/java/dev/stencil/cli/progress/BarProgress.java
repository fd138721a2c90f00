package dev.stencil.cli.progress;

import dev.stencil.host.Redaction;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** For terminals: a bar with rate and remaining time for each task, wiped when it ends. */
public final class BarProgress implements ShownProgress {
    private static final long MEBIBYTE = 1024 * 1024;

    private final PrintStream screen;
    private final IntSupplier columns;
    private final List<Bar> open = new ArrayList<>();

    /** {@code columns} is asked for each bar: windows change. */
    public BarProgress(PrintStream screen, IntSupplier columns) {
        this.screen = screen;
        this.columns = columns;
    }

    @Override
    public synchronized void stage(String title) {
        note(title);
    }

    @Override
    public synchronized void note(String line) {
        screen.print("\r\u001b[K" + Redaction.of(line) + "\n");
        screen.flush();
    }

    @Override
    public synchronized Task task(String what, long total, Unit unit) {
        var bar = new Bar(newBar(what, total, unit));
        open.add(bar);
        return bar;
    }

    private ProgressBar newBar(String what, long total, Unit unit) {
        var builder = new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(total > 0 ? total : -1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(screen, columns.getAsInt()))
                .clearDisplayOnFinish();
        return unit == Unit.BYTES
                ? builder.setUnit(" MiB", MEBIBYTE).showSpeed().build()
                : builder.showSpeed().build();
    }

    /** Ends bars that a failure left open. */
    @Override
    public void close() {
        List<Bar> left;
        synchronized (this) {
            left = List.copyOf(open);
        }
        left.forEach(Bar::close);
    }

    private final class Bar implements Task {
        private final ProgressBar bar;

        Bar(ProgressBar bar) {
            this.bar = bar;
        }

        @Override
        public void advance(long amount) {
            bar.stepBy(amount);
        }

        @Override
        public void close() {
            synchronized (BarProgress.this) {
                if (open.remove(this)) {
                    bar.close();
                    screen.flush();
                }
            }
        }
    }
}
