package dev.stencil.linux;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A whole-file {@code fcntl(2)} record lock, which other programs using {@code F_SETLK} on the file respect.
 *
 * <p>The kernel drops such a lock when any descriptor of the file closes in this process and does not tell threads apart,
 * so a map of in-process locks stands before it, and threads that share a file share one descriptor: it closes with the
 * last of them.
 */
public final class FileLock implements AutoCloseable {
    /** How long to wait. {@link #FOREVER} never gives up. */
    public static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private static final ConcurrentHashMap<String, LockFile> FILES = new ConcurrentHashMap<>();

    private final LockFile file;
    private final Lock inProcess;

    private FileLock(LockFile file, Lock inProcess) {
        this.file = file;
        this.inProcess = inProcess;
    }

    /** Nobody else holds the file while this is open. Empty when {@code wait} ran out. The file is made, 0600, and stays. */
    public static Optional<FileLock> exclusive(Path file, Duration wait) throws IOException {
        return acquire(file, wait, false);
    }

    /** Others may hold it shared as well. */
    public static Optional<FileLock> shared(Path file, Duration wait) throws IOException {
        return acquire(file, wait, true);
    }

    private static Optional<FileLock> acquire(Path file, Duration wait, boolean shared) throws IOException {
        long deadline = wait.equals(FOREVER) ? Long.MAX_VALUE : System.nanoTime() + wait.toNanos();
        LockFile known = FILES.computeIfAbsent(file.toAbsolutePath().normalize().toString(), _ -> new LockFile());
        Lock inProcess = shared ? known.threads.readLock() : known.threads.writeLock();
        while (!inProcess.tryLock()) {
            if (!pauseBefore(deadline)) {
                return Optional.empty();
            }
        }
        boolean held = false;
        try {
            while (!known.tryHold(file, shared)) {
                if (!pauseBefore(deadline)) {
                    return Optional.empty();
                }
            }
            held = true;
            return Optional.of(new FileLock(known, inProcess));
        } finally {
            if (!held) {
                inProcess.unlock();
            }
        }
    }

    private static boolean pauseBefore(long deadline) throws IOException {
        if (System.nanoTime() >= deadline) {
            return false;
        }
        try {
            Thread.sleep(50);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a lock", e);
        }
    }

    /**
     * Process that holds a record lock on {@code file} now, as {@code /proc/locks} tells it ({@code proc(5)}); empty when
     * nobody does, or it cannot be told, as on file systems whose device number is not that of their files.
     */
    public static OptionalLong holder(Path file) throws IOException {
        FileStatus status;
        try {
            status = Kernel.statx(Kernel.AT_FDCWD, file.toString(), 0);
        } catch (Errno e) {
            if (e.number() == Errno.ENOENT) {
                return OptionalLong.empty();
            }
            throw e;
        }
        for (String line : Files.readAllLines(Path.of("/proc/locks"))) {
            String[] words = line.trim().split("\\s+");
            if (words.length > 5 && words[1].equals("POSIX") && isOn(words[5], status)) {
                return OptionalLong.of(Long.parseLong(words[4]));
            }
        }
        return OptionalLong.empty();
    }

    /** {@code place} is {@code major:minor:inode}, the first two hexadecimal. */
    private static boolean isOn(String place, FileStatus status) {
        String[] parts = place.split(":");
        return parts.length == 3
                && Kernel.device(Integer.parseInt(parts[0], 16), Integer.parseInt(parts[1], 16)) == status.device()
                && parts[2].equals(Long.toString(status.inode()));
    }

    @Override
    public void close() throws IOException {
        try {
            file.release();
        } finally {
            inProcess.unlock();
        }
    }

    /** A lock file as this process has it: the lock among its threads, and the descriptor that holds the kernel's. */
    private static final class LockFile {
        private final ReentrantReadWriteLock threads = new ReentrantReadWriteLock();
        private @Nullable FileChannel channel;
        private int holders;

        /** Called with the lock among threads held; true when the process has the kernel's as well. */
        synchronized boolean tryHold(Path file, boolean shared) throws IOException {
            if (channel != null) {
                holders += shared ? 1 : 0;
                return shared;
            }
            FileChannel opened = open(file);
            try {
                if (opened.tryLock(0, Long.MAX_VALUE, shared) == null) {
                    opened.close();
                    return false;
                }
            } catch (IOException | OverlappingFileLockException e) {
                opened.close();
                throw e;
            }
            channel = opened;
            holders = 1;
            return true;
        }

        private static FileChannel open(Path file) throws IOException {
            try {
                return FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } catch (IOException e) {
                throw Files.isDirectory(file) ? new IOException(file + " is a directory, not a lock file", e) : e;
            }
        }

        synchronized void release() throws IOException {
            holders--;
            FileChannel open = channel;
            if (holders == 0 && open != null) {
                channel = null;
                open.close();
            }
        }
    }
}
