package dev.stencil.cli.progress;

import dev.stencil.host.Progress;

/** How several containers fare that are worked on at once. Used by several threads. */
public interface ContainersProgress extends AutoCloseable {
    /** Work on {@code container} begins; it tells how far it is through the result. */
    Progress begun(String container);

    /** Work on it has ended as {@code words} say. */
    void ended(String container, String words);

    /** Takes away what is to be seen only while the work goes on. */
    @Override
    void close();
}
