package dev.stencil.container.undo;

import java.nio.file.Path;

/** Where the changes of a container lie, and how to hold them still. Every method may throw a {@code StencilException}. */
public interface ContainerStorage {
    /** The directory of changes, on one file system with the private area. */
    Path changes();

    /** Digests of the layers below, from the bottom up, as the private area has them. */
    String layers();

    /** Stops the container's processes until closed; nothing happens when none run. */
    Held frozen();

    /** Lets processes go on that a killed command has stopped. */
    void release();

    /** Mounts at {@code target}, read-only, what the root is when {@code tree} stands in place of the changes. */
    Held view(Path tree, Path target);

    /** Something held until it is closed. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }
}
