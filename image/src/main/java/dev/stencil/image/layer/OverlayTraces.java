package dev.stencil.image.layer;

import dev.stencil.linux.Kernel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * What an overlay notes in its upper directory for itself: where a file was copied from (by a handle that means nothing on
 * another disk), which directories have such files. A layer is complete without them; marks of opaque directories and
 * whiteouts stay, because they hide what is below. Source: Linux, Documentation/filesystems/overlayfs.rst.
 */
public final class OverlayTraces {
    private static final String PREFIX = "trusted.overlay.";
    private static final Set<String> REMOVED =
            Set.of(PREFIX + "origin", PREFIX + "impure", PREFIX + "uuid", PREFIX + "nlink");
    private static final int DIRECTORY = Kernel.O_RDONLY | Kernel.O_DIRECTORY | Kernel.O_NOFOLLOW;

    private OverlayTraces() {}

    /** Removes them from {@code tree}, which is not mounted. */
    public static void remove(Path tree) throws IOException {
        int top = Kernel.openat(Kernel.AT_FDCWD, tree.toString(), DIRECTORY, 0);
        try {
            strip(tree.toString());
            visit(top);
        } finally {
            Kernel.close(top);
        }
    }

    private static void visit(int directory) throws IOException {
        String prefix = "/proc/self/fd/" + directory + "/";
        for (String name : Kernel.getdents64(directory)) {
            strip(prefix + name);
            if (Kernel.statx(directory, name, Kernel.AT_SYMLINK_NOFOLLOW).isDirectory()) {
                int inner = Kernel.openat(directory, name, DIRECTORY, 0);
                try {
                    visit(inner);
                } finally {
                    Kernel.close(inner);
                }
            }
        }
    }

    private static void strip(String path) throws IOException {
        for (String attribute : Kernel.llistxattr(path)) {
            if (REMOVED.contains(attribute)) {
                Kernel.lremovexattr(path, attribute);
            }
        }
    }
}
