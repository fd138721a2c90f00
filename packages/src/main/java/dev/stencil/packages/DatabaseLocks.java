package dev.stencil.packages;

import dev.stencil.linux.Errno;
import dev.stencil.linux.Kernel;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** Looks at the locks by which the tools of a family keep each other from their database. */
public final class DatabaseLocks {
    private DatabaseLocks() {}

    /**
     * Waits until nobody holds any of {@code locks}, files in the root at {@code path}; a tool whose caller was killed goes on
     * with what it was given. False when {@code wait} ran out.
     */
    public static boolean awaitFree(Path path, List<String> locks, Duration wait) throws IOException {
        long deadline = System.nanoTime() + wait.toNanos();
        try (Root root = Root.open(path)) {
            while (isAnyHeld(root, locks)) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                Thread.sleep(100);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a package manager that still runs", e);
        }
    }

    private static boolean isAnyHeld(Root root, List<String> locks) throws IOException {
        for (String lock : locks) {
            if (isHeld(root, lock)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHeld(Root root, String lock) throws IOException {
        int descriptor;
        try {
            descriptor = Kernel.openat2(root.descriptor(), lock, Kernel.O_PATH, 0, Kernel.RESOLVE_IN_ROOT);
        } catch (Errno e) {
            if (e.number() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
        try {
            if (!Kernel.statx(descriptor, "", Kernel.AT_EMPTY_PATH).isRegular()) {
                return false;
            }
            try (FileChannel file =
                    FileChannel.open(Path.of("/proc/self/fd/" + descriptor), StandardOpenOption.WRITE)) {
                return file.tryLock() == null;
            }
        } finally {
            Kernel.close(descriptor);
        }
    }
}
