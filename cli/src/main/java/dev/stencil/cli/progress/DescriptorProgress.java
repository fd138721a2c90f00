package dev.stencil.cli.progress;

import dev.stencil.host.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * For programs: {@code percent=0 stage=TEXT} when a stage begins and {@code percent=100 stage=TEXT} when it ends, on a
 * descriptor the caller opened (spec vzpkg 9.4).
 */
public final class DescriptorProgress implements ShownProgress {
    private final OutputStream descriptor;
    private Optional<String> stage = Optional.empty();
    private boolean readerGone;

    public DescriptorProgress(OutputStream descriptor) {
        this.descriptor = descriptor;
    }

    @Override
    public synchronized void stage(String title) {
        endStage();
        stage = Optional.of(title);
        write(0, title);
    }

    /** Begins a stage around those that follow; {@link #end} it. */
    public synchronized void begin(String title) {
        endStage();
        write(0, title);
    }

    /** Ends a stage that {@link #begin} began, and what of it is still open. */
    public synchronized void end(String title) {
        endStage();
        write(100, title);
    }

    @Override
    public void note(String line) {}

    /** Tasks are parts of a stage and have no lines of their own in the protocol. */
    @Override
    public Task task(String what, long total, Unit unit) {
        return Progress.NONE.task(what, total, unit);
    }

    @Override
    public synchronized void close() {
        endStage();
        try {
            descriptor.close();
        } catch (IOException e) {
            readerGone = true;
        }
    }

    private void endStage() {
        stage.ifPresent(title -> write(100, title));
        stage = Optional.empty();
    }

    private void write(int percent, String title) {
        if (readerGone) {
            return;
        }
        try {
            descriptor.write(("percent=" + percent + " stage=" + title + "\n").getBytes(StandardCharsets.UTF_8));
            descriptor.flush();
        } catch (IOException e) {
            // The reader hung up; the work goes on without it.
            readerGone = true;
        }
    }
}
