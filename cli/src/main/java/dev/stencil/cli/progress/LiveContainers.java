package dev.stencil.cli.progress;

import dev.stencil.host.Progress;
import dev.stencil.host.Redaction;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * For terminals: below each other, one line for every container that is being worked on and one for the count of those
 * that ended. All of them are wiped at the end.
 */
public final class LiveContainers implements ContainersProgress {
    private static final String UP = "\u001b[A";
    private static final String WIPE_LINE = "\r\u001b[K";

    private final PrintStream screen;
    private final int columns;
    private final Map<String, String> running = new LinkedHashMap<>();
    private int ended;
    private int drawn;

    /** {@code columns} is the width of the terminal that {@code screen} writes to. */
    public LiveContainers(PrintStream screen, int columns) {
        this.screen = screen;
        this.columns = columns;
    }

    @Override
    public synchronized Progress begun(String container) {
        running.put(container, "");
        draw();
        return new Line(container);
    }

    @Override
    public synchronized void ended(String container, String words) {
        running.remove(container);
        ended++;
        draw();
    }

    @Override
    public synchronized void close() {
        wipe();
        screen.flush();
    }

    private void draw() {
        wipe();
        running.forEach((container, words) -> line("CT " + container + ": " + words));
        line(ended + (ended == 1 ? " container" : " containers") + " done");
        drawn = running.size() + 1;
        screen.flush();
    }

    /** Longer lines would take two of the screen's. */
    private void line(String text) {
        String shown = Redaction.of(text).replace('\n', ' ');
        screen.print(shown.length() < columns ? shown : shown.substring(0, columns - 2) + "…");
        screen.print('\n');
    }

    private void wipe() {
        for (int i = 0; i < drawn; i++) {
            screen.print(UP + WIPE_LINE);
        }
        drawn = 0;
    }

    private final class Line implements Progress {
        private final String container;

        Line(String container) {
            this.container = container;
        }

        @Override
        public void stage(String title) {
            synchronized (LiveContainers.this) {
                if (running.replace(container, title) != null) {
                    draw();
                }
            }
        }

        @Override
        public void note(String line) {
            synchronized (LiveContainers.this) {
                wipe();
                line("CT " + container + ": " + line.strip());
                draw();
            }
        }

        @Override
        public Task task(String what, long total, Unit unit) {
            return Progress.NONE.task(what, total, unit);
        }
    }
}
