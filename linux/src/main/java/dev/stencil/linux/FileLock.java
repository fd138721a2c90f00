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
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A whole-file {@code fcntl(2)} record lock, which other programs using {@code F_SETLK} on the file respect.
 *
 * <p>The kernel drops such a lock when any descriptor of the file closes in this process and does not tell threads apart,
 * so a map of in-process locks stands before it and each file is open at most once for writing.
 */
public final class FileLock implements AutoCloseable {
    /** How long to wait. {@link #FOREVER} never gives up. */
    public static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private static final ConcurrentHashMap<String, ReentrantReadWriteLock> THREADS = new ConcurrentHashMap<>();

    private final FileChannel channel;
    private final java.util.concurrent.locks.Lock inProcess;

    private FileLock(FileChannel channel, java.util.concurrent.locks.Lock inProcess) {
        this.channel = channel;
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
        var threads = THREADS.computeIfAbsent(
                file.toAbsolutePath().normalize().toString(), _ -> new ReentrantReadWriteLock());
        var inProcess = shared ? threads.readLock() : threads.writeLock();
        while (!inProcess.tryLock()) {
            if (!pauseBefore(deadline)) {
                return Optional.empty();
            }
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            inProcess.unlock();
            throw Files.isDirectory(file) ? new IOException(file + " is a directory, not a lock file", e) : e;
        }
        try {
            while (!tryLock(channel, shared)) {
                if (!pauseBefore(deadline)) {
                    channel.close();
                    inProcess.unlock();
                    return Optional.empty();
                }
            }
            return Optional.of(new FileLock(channel, inProcess));
        } catch (IOException e) {
            channel.close();
            inProcess.unlock();
            throw e;
        }
    }

    private static boolean tryLock(FileChannel channel, boolean shared) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared) != null;
        } catch (OverlappingFileLockException sharedByAnotherThread) {
            return shared;
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
            channel.close();
        } finally {
            inProcess.unlock();
        }
    }
}
