package dev.stencil.cli.progress;

import dev.stencil.host.Progress;

/** A display of progress that ends with the command. */
public interface ShownProgress extends Progress, AutoCloseable {
    @Override
    void close();
}
