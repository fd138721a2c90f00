package dev.stencil.container;

import dev.stencil.container.config.ContainerId;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Flock;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One changing command per container. {@code LOCKDIR/CTID.lck} names the holder and its work; {@code VE_PRIVATE/.lck} guards
 * a private area that several hosts share. Source: spec vzctl 2.3. A lock held by this object may be taken again, so that
 * one operation can be made of others.
 */
public final class ContainerLocks {
    private static final Duration GATE_WAIT = Duration.ofSeconds(10);
    private static final Duration AREA_WAIT = Duration.ofSeconds(60);

    private final Path directory;
    private final boolean skipped;
    private final Map<String, Integer> depths = new HashMap<>();

    /** Locks in {@code directory}, the LOCKDIR of vz.conf. */
    public ContainerLocks(Path directory) {
        this(directory, false);
    }

    private ContainerLocks(Path directory, boolean skipped) {
        this.directory = directory;
        this.skipped = skipped;
    }

    /** Takes no locks, for {@code --skiplock}: a caller of ours holds them. */
    public static ContainerLocks skipped(Path directory) {
        return new ContainerLocks(directory, true);
    }

    /** What is done under a lock; the words stand in the lock file. */
    public enum Work {
        CREATING("creating"),
        DESTROYING("destroying"),
        MOUNTING("mounting"),
        UNMOUNTING("unmounting"),
        STARTING("starting"),
        STOPPING("stopping"),
        RESTARTING("restarting"),
        SETTING("setting"),
        INSTALLING("installing"),
        UPDATING("updating"),
        CHECKING("check-updating");

        private final String word;

        Work(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** A lock held until closed. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Who holds a lock, as its file says. */
    record Holder(long pid, String work) {}

    /** Takes {@code LOCKDIR/CTID.lck}, or fails at once with the holder's process and command line. */
    public Held acquire(ContainerId id, Work work) {
        return acquire(id, work.word);
    }

    private synchronized Held acquire(ContainerId id, String work) {
        if (skipped) {
            return () -> {};
        }
        int depth = depths.getOrDefault(id.text(), 0);
        if (depth == 0) {
            take(id, work);
        }
        depths.put(id.text(), depth + 1);
        return () -> release(id);
    }

    /** As {@link #acquire(ContainerId, Work)}, and the private area's own lock as well. */
    public Held acquire(ContainerId id, Work work, PrivateArea area) {
        return acquire(id, work.word, area);
    }

    /** As {@link #acquire(ContainerId, Work, PrivateArea)}, for work that is told apart elsewhere. */
    public Held acquire(ContainerId id, String work, PrivateArea area) {
        Held first = acquire(id, work);
        try {
            if (skipped || isNested(id) || !Files.isDirectory(area.path())) {
                return first;
            }
            Flock second = Flock.exclusive(area.lockFile(), AREA_WAIT)
                    .orElseThrow(() -> new StencilException(
                            Fault.LOCKED,
                            "The private area " + area.path() + " is locked by another host or command."));
            return () -> {
                second.close();
                first.close();
            };
        } catch (IOException e) {
            first.close();
            throw new StencilException(Fault.LOCKED, "Cannot lock " + area.path() + ": " + e.getMessage(), e);
        } catch (StencilException e) {
            first.close();
            throw e;
        }
    }

    Path file(ContainerId id) {
        return directory.resolve(id + ".lck");
    }

    @SuppressWarnings("try") // held, not used
    private void take(ContainerId id, String work) {
        try {
            Files.createDirectories(directory);
            // Looking at a lock and removing a stale one must be one step among all our processes.
            try (Flock held = Flock.directory(directory, GATE_WAIT)
                    .orElseThrow(() -> new IOException(directory + " is locked by another program"))) {
                Optional<Holder> holder = create(id, work);
                if (holder.isPresent()) {
                    throw locked(id, holder.get());
                }
            }
        } catch (IOException e) {
            throw new StencilException(Fault.LOCKED, "Cannot make the lock " + file(id) + ": " + e.getMessage(), e);
        }
    }

    /** Makes the lock file complete with its content in one step; returns the live holder when there is one. */
    private Optional<Holder> create(ContainerId id, String work) throws IOException {
        Path beside = directory.resolve("." + id + "." + ProcessHandle.current().pid());
        Files.writeString(beside, ProcessHandle.current().pid() + "\n" + work + "\n");
        try {
            Files.createLink(file(id), beside);
            return Optional.empty();
        } catch (FileAlreadyExistsException taken) {
            Optional<Holder> holder = liveHolder(file(id));
            if (holder.isEmpty()) {
                Files.deleteIfExists(file(id));
                Files.createLink(file(id), beside);
            }
            return holder;
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** The holder when its process lives and is older than the file; process numbers come again after a reboot. */
    static Optional<Holder> liveHolder(Path file) throws IOException {
        List<String> lines;
        Instant written;
        try {
            lines = new ArrayList<>(Files.readAllLines(file));
            written = Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        String pid = lines.isEmpty() ? "" : lines.getFirst().strip();
        if (pid.isEmpty() || pid.length() > 18 || !pid.chars().allMatch(Character::isDigit)) {
            return Optional.empty();
        }
        String work = lines.size() > 1 ? lines.get(1).strip() : "";
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(process -> process.info()
                        .startInstant()
                        .map(start -> start.isBefore(written.plusSeconds(2)))
                        .orElse(true))
                .map(process -> new Holder(process.pid(), work));
    }

    private synchronized boolean isNested(ContainerId id) {
        return depths.getOrDefault(id.text(), 0) > 1;
    }

    private StencilException locked(ContainerId id, Holder holder) {
        String command = ProcessHandle.of(holder.pid())
                .flatMap(process -> process.info().commandLine())
                .map(line -> " (" + (line.length() > 200 ? line.substring(0, 200) + "…" : line) + ")")
                .orElse("");
        return new StencilException(
                Fault.LOCKED,
                "Container " + id + " is locked: process " + holder.pid() + command + " is "
                        + (holder.work().isEmpty() ? "working on it" : holder.work()) + ". Wait for it to end.");
    }

    private synchronized void release(ContainerId id) {
        int depth = depths.getOrDefault(id.text(), 0) - 1;
        if (depth > 0) {
            depths.put(id.text(), depth);
            return;
        }
        depths.remove(id.text());
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM,
                    "Cannot remove the lock " + file(id) + ": " + e.getMessage() + ". Remove it by hand.",
                    e);
        }
    }
}
