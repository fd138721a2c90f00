package dev.stencil.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * The private directory of a package manager for one source: its configuration, and when its package lists were fetched
 * last. Callers hold the template lock: exclusive to refresh, shared to read.
 */
public record StateDirectory(Path path, Clock clock) {
    /** A file of it. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Writes a file. One that is right already keeps its time: package managers compare it with that of their caches. */
    public void replace(String name, byte[] content) throws IOException {
        Path file = resolve(name);
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        Path beside = Files.createTempFile(path, ".new", "");
        Files.write(beside, content);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Package lists were fetched just now. */
    public void markRefreshed() throws IOException {
        Files.write(stamp(), new byte[0]);
        Files.setLastModifiedTime(stamp(), FileTime.from(clock.instant()));
    }

    /** Whether package lists were ever fetched. */
    public boolean isRefreshed() {
        return Files.exists(stamp());
    }

    /** Whether package lists are older than {@code most}, or were never fetched. */
    public boolean isOlderThan(Duration most) {
        try {
            Instant refreshed = Files.getLastModifiedTime(stamp()).toInstant();
            return refreshed.plus(most).isBefore(clock.instant());
        } catch (IOException neverRefreshed) {
            return true;
        }
    }

    /** Its time is that of the last fetch. */
    public Path stamp() {
        return resolve("refreshed");
    }
}
