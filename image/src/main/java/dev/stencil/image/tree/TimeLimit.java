package dev.stencil.image.tree;

import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Kernel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** No file of a tree is newer than a moment: what the kernel stamped while it was made is set to that moment. */
public final class TimeLimit {
    private static final int DIRECTORY = Kernel.O_RDONLY | Kernel.O_DIRECTORY | Kernel.O_NOFOLLOW;

    private final long second;

    private TimeLimit(Instant clock) {
        this.second = clock.getEpochSecond();
    }

    /**
     * Sets what is newer than {@code clock} to its second, links and directories too, the directory itself included. A tree
     * on its own file system or the upper directory of an overlay that is not mounted; other mounts in it are not entered.
     */
    public static void apply(Path directory, Instant clock) throws IOException {
        int top = Kernel.openat(Kernel.AT_FDCWD, directory.toString(), DIRECTORY, 0);
        try {
            FileStatus status = Kernel.statx(top, "", Kernel.AT_EMPTY_PATH);
            var limit = new TimeLimit(clock);
            limit.visit(top, status.device());
            limit.limit(Kernel.AT_FDCWD, "/proc/self/fd/" + top, status, 0);
        } finally {
            Kernel.close(top);
        }
    }

    private void visit(int directory, long device) throws IOException {
        for (String name : Kernel.getdents64(directory)) {
            FileStatus status = Kernel.statx(directory, name, Kernel.AT_SYMLINK_NOFOLLOW);
            if (status.isDirectory() && status.device() == device) {
                int inner = Kernel.openat(directory, name, DIRECTORY, 0);
                try {
                    visit(inner, device);
                } finally {
                    Kernel.close(inner);
                }
            }
            limit(directory, name, status, Kernel.AT_SYMLINK_NOFOLLOW);
        }
    }

    private void limit(int directory, String name, FileStatus status, int flags) throws IOException {
        boolean isNewer =
                status.mtimeSeconds() > second || (status.mtimeSeconds() == second && status.mtimeNanos() > 0);
        if (isNewer) {
            Kernel.utimensat(directory, name, second, 0, flags);
        }
    }
}
