package dev.stencil.cli.progress;

import dev.stencil.host.Progress;
import dev.stencil.linux.TerminalWindow;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;

/** A second of work for {@link dev.stencil.cli.TerminalIT}, which runs it in a terminal. */
public final class ProgressBarDemo {
    private ProgressBarDemo() {}

    public static void main(String[] arguments) throws InterruptedException {
        var screen = new PrintStream(new FileOutputStream(FileDescriptor.err));
        try (var progress = new BarProgress(screen, () -> TerminalWindow.columns(2))) {
            progress.stage("Working");
            try (Progress.Task task = progress.task("Fetching", 100L << 20, Progress.Unit.BYTES)) {
                for (int i = 0; i < 10; i++) {
                    task.advance(5L << 20);
                    Thread.sleep(120);
                }
            }
            progress.note("Done");
        }
    }
}
