package dev.stencil.packages;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;

/** One file coming into the store: fetched into its {@code .part}, checked, named. Tries again where that may help. */
final class StoredFile {
    private static final int ATTEMPTS = 4;
    private static final int BUFFER_BYTES = 128 * 1024;

    private final Path target;
    private final Path part;
    private final PackageFile file;
    private final Proxies proxies;
    private final Download.Patience patience;
    private long reported;

    StoredFile(Path target, PackageFile file, Proxies proxies, Download.Patience patience) {
        this.target = target;
        this.part = target.resolveSibling(target.getFileName() + ".part");
        this.file = file;
        this.proxies = proxies;
        this.patience = patience;
    }

    /** What arrived is not what the repository's index promises. */
    private static final class WrongContent extends IOException {
        private static final long serialVersionUID = 1;

        WrongContent(String message) {
            super(message);
        }
    }

    void fetch(Progress.Task task) throws InterruptedException {
        try {
            Files.createDirectories(target.getParent());
            if (!isFetchedFromStore(task)) {
                tryRepeatedly(task);
            }
        } catch (IOException e) {
            if (isDiskFull(e)) {
                throw new StencilException(
                        Fault.NO_SPACE,
                        "No space left on the file system of " + target.getParent() + " for " + file.name()
                                + ". Free some and run the command again; what is there is kept.",
                        e);
            }
            throw new StencilException(
                    e instanceof WrongContent ? Fault.PACKAGE_ALTERED : Fault.FETCH_FAILED,
                    "Cannot fetch " + file.name() + " from " + file.uri() + ": " + words(e),
                    e);
        }
    }

    /** From the caching server, which may be down or not have it: then the repository itself is asked. */
    private boolean isFetchedFromStore(Progress.Task task) throws IOException, InterruptedException {
        Optional<URI> stored = proxies.stored(file.uri());
        if (stored.isEmpty()) {
            return false;
        }
        try {
            fetchOnce(stored.get(), task);
            return true;
        } catch (IOException e) {
            if (isDiskFull(e) || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return false;
        }
    }

    private void tryRepeatedly(Progress.Task task) throws IOException, InterruptedException {
        boolean wasWrong = false;
        for (int attempt = 1; ; attempt++) {
            try {
                fetchOnce(file.uri(), task);
                return;
            } catch (Download.Refused e) {
                throw new IOException(
                        e.getMessage()
                                + ". If the repository has moved on, fetch its lists anew (`vzpkg update metadata`) or, for a"
                                + " locked package, make a new lock",
                        e);
            } catch (TrustedAuthorities.Untrusted e) {
                throw e;
            } catch (WrongContent e) {
                if (wasWrong) {
                    throw e;
                }
                wasWrong = true;
            } catch (IOException e) {
                if (attempt == ATTEMPTS
                        || isDiskFull(e)
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                Thread.sleep(Duration.ofMillis(250L << attempt));
            }
        }
    }

    private void fetchOnce(URI address, Progress.Task task) throws IOException, InterruptedException {
        try (FileChannel channel =
                FileChannel.open(part, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            lock(channel);
            if (Files.exists(target)) {
                Files.deleteIfExists(part);
                report(file.sizeBytes(), task);
                return;
            }
            if (!isStillNamed(channel)) {
                throw new IOException("another process took " + part + " away");
            }
            receive(address, channel, task);
        }
    }

    /** Another process that fetches the same file holds the lock; it is waited for. */
    private static void lock(FileChannel channel) throws IOException, InterruptedException {
        while (true) {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return;
                }
            } catch (OverlappingFileLockException anotherThreadOfOurs) {
                // Wait as for another process.
            }
            Thread.sleep(50);
        }
    }

    private boolean isStillNamed(FileChannel channel) throws IOException {
        try {
            return Files.size(part) == channel.size();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void receive(URI address, FileChannel channel, Progress.Task task) throws IOException {
        MessageDigest digest = Digest.sha256();
        long have = channel.size() > file.sizeBytes() ? 0 : digestExisting(channel, digest);
        if (have < file.sizeBytes() || file.sizeBytes() == 0) {
            try (Download download = Download.open(address, have, proxies, patience)) {
                if (download.start() == 0) {
                    have = 0;
                    digest.reset();
                }
                channel.truncate(have).position(have);
                report(have, task);
                copy(download.stream(), channel, have, digest, task);
            }
        }
        if (!Digest.finish(digest).equals(file.sha256())) {
            channel.truncate(0);
            throw new WrongContent("the file is not the one that the package lists describe (its SHA-256 differs)");
        }
        channel.force(false);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static long digestExisting(FileChannel channel, MessageDigest digest) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        channel.position(0);
        long have = 0;
        for (int count = channel.read(buffer); count >= 0; count = channel.read(buffer)) {
            digest.update(buffer.flip());
            buffer.clear();
            have += count;
        }
        return have;
    }

    private void copy(InputStream from, FileChannel to, long begin, MessageDigest digest, Progress.Task task)
            throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long have = begin;
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            have += count;
            if (have > file.sizeBytes()) {
                to.truncate(0);
                throw new WrongContent("the file is longer than the " + file.sizeBytes() + " bytes it should have");
            }
            digest.update(buffer, 0, count);
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
            report(have, task);
        }
        if (have < file.sizeBytes()) {
            throw new EOFException("the connection ended after " + have + " of " + file.sizeBytes() + " bytes");
        }
    }

    /** Progress never goes back, also when a download begins again. */
    private void report(long have, Progress.Task task) {
        if (have > reported) {
            task.advance(have - reported);
            reported = have;
        }
    }

    private static String words(IOException e) {
        String words = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return e instanceof java.net.UnknownHostException ? "the host " + words + " is not known" : words;
    }

    private static boolean isDiskFull(IOException e) {
        // The JDK gives no error number; these are glibc's words for ENOSPC and EDQUOT in the C locale.
        String words = String.valueOf(e.getMessage());
        return words.contains("No space left on device") || words.contains("Disk quota exceeded");
    }
}
