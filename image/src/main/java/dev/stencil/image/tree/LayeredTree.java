package dev.stencil.image.tree;

import dev.stencil.linux.Kernel;
import dev.stencil.linux.Mounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Layers seen as the one tree that they make, for reading. Mounted nowhere: the kernel lets go of it when it is closed or this
 * process ends.
 */
public final class LayeredTree implements AutoCloseable {
    private static final int NONE = -1;

    private final Path root;
    private final int mount;

    private LayeredTree(Path root, int mount) {
        this.root = root;
        this.mount = mount;
    }

    /** Looks at {@code layers}, at least one, from the bottom up. */
    public static LayeredTree open(List<Path> layers) throws IOException {
        if (layers.size() == 1) {
            return new LayeredTree(layers.getFirst(), NONE);
        }
        int mount = Mounts.detachedReadOnlyOverlay(layers);
        return new LayeredTree(Path.of("/proc/self/fd/" + mount + "/."), mount);
    }

    /** Where it can be read while it is open, by this process alone. */
    public Path root() {
        return root;
    }

    @Override
    public void close() {
        if (mount != NONE) {
            Kernel.close(mount);
        }
    }
}
