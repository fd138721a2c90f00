package dev.stencil.cli.progress;

import dev.stencil.host.Progress;
import java.util.function.Consumer;

/** For pipes and log files: a line for each thing told, with the container's id in front. */
public final class ContainerLines implements ContainersProgress {
    private final Consumer<String> lines;

    public ContainerLines(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public Progress begun(String container) {
        return new LineProgress(line -> say(container, line.strip()), System::nanoTime);
    }

    @Override
    public void ended(String container, String words) {
        say(container, words);
    }

    private synchronized void say(String container, String words) {
        lines.accept("CT " + container + ": " + words);
    }

    @Override
    public void close() {}
}
