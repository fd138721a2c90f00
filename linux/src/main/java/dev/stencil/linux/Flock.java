package dev.stencil.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A {@code flock(2)} lock. It belongs to the open file, so threads of one process exclude each other too, and it ends with
 * the process however that dies.
 */
public final class Flock implements AutoCloseable {
    private final int descriptor;

    private Flock(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Empty when somebody else held it until {@code wait} ran out. The file is made, mode 0600, and stays. */
    public static Optional<Flock> exclusive(Path file, Duration wait) throws IOException {
        return file(file, wait, Kernel.LOCK_EX);
    }

    /** Others may hold it shared as well. */
    public static Optional<Flock> shared(Path file, Duration wait) throws IOException {
        return file(file, wait, Kernel.LOCK_SH);
    }

    /** Locks a directory itself. */
    public static Optional<Flock> directory(Path directory, Duration wait) throws IOException {
        int flags = Kernel.O_RDONLY | Kernel.O_DIRECTORY | Kernel.O_CLOEXEC;
        return lock(Kernel.openat(Kernel.AT_FDCWD, directory.toString(), flags, 0), Kernel.LOCK_EX, wait);
    }

    private static Optional<Flock> file(Path file, Duration wait, int kind) throws IOException {
        int flags = Kernel.O_RDWR | Kernel.O_CREAT | Kernel.O_CLOEXEC | Kernel.O_NOFOLLOW;
        return lock(Kernel.openat(Kernel.AT_FDCWD, file.toString(), flags, 0x180), kind, wait);
    }

    private static Optional<Flock> lock(int descriptor, int kind, Duration wait) throws IOException {
        long deadline = System.nanoTime() + wait.toNanos();
        boolean locked = false;
        try {
            locked = tryLock(descriptor, kind);
            while (!locked && System.nanoTime() < deadline) {
                Thread.sleep(20);
                locked = tryLock(descriptor, kind);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a lock", e);
        } finally {
            if (!locked) {
                Kernel.close(descriptor);
            }
        }
        return locked ? Optional.of(new Flock(descriptor)) : Optional.empty();
    }

    private static boolean tryLock(int descriptor, int kind) throws IOException {
        try {
            Kernel.flock(descriptor, kind | Kernel.LOCK_NB);
            return true;
        } catch (Errno e) {
            if (e.number() == Errno.EAGAIN) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        Kernel.close(descriptor);
    }
}
