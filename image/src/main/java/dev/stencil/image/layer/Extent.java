package dev.stencil.image.layer;

import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Kernel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * How much there is in a tree.
 *
 * @param files names of every kind, directories included, the top not
 * @param sizeBytes sum of the sizes of regular files, one with several names counted once
 */
public record Extent(long files, long sizeBytes) {

    public Extent plus(Extent other) {
        return new Extent(files + other.files, sizeBytes + other.sizeBytes);
    }

    /** Measures the tree at {@code directory}; links are not followed, names may be any bytes. */
    public static Extent of(Path directory) throws IOException {
        int descriptor = Kernel.openat(
                Kernel.AT_FDCWD, directory.toString(), Kernel.O_RDONLY | Kernel.O_DIRECTORY | Kernel.O_NOFOLLOW, 0);
        try {
            var measuring = new Measuring();
            measuring.visit(descriptor);
            return new Extent(measuring.files, measuring.bytes);
        } finally {
            Kernel.close(descriptor);
        }
    }

    private static final class Measuring {
        private final Set<Long> seenInodes = new HashSet<>();
        private long files;
        private long bytes;

        void visit(int directory) throws IOException {
            for (String name : Kernel.getdents64(directory)) {
                FileStatus status = Kernel.statx(directory, name, Kernel.AT_SYMLINK_NOFOLLOW);
                files++;
                if (status.isRegular() && (status.links() == 1 || seenInodes.add(status.inode()))) {
                    bytes += status.size();
                } else if (status.isDirectory()) {
                    int inner =
                            Kernel.openat(directory, name, Kernel.O_RDONLY | Kernel.O_DIRECTORY | Kernel.O_NOFOLLOW, 0);
                    try {
                        visit(inner);
                    } finally {
                        Kernel.close(inner);
                    }
                }
            }
        }
    }
}
