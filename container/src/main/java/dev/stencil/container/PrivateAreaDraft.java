package dev.stencil.container;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Flock;
import dev.stencil.linux.Kernel;
import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A private area in the making: {@code VE_PRIVATE.private_temporary}, renamed to its place by {@link #publish}. Closed
 * without that, it is removed; one left by a killed command is removed by the next. Source: spec vzctl 4.1, steps 8 to 15.
 */
final class PrivateAreaDraft implements AutoCloseable {
    private static final Mode AREA = Mode.SECRET_DIRECTORY;

    private final Path target;
    private final Path lockFile;
    private final Flock lock;
    private final PrivateArea draft;
    private boolean published;

    private PrivateAreaDraft(Path target, Path lockFile, Flock lock) {
        this.target = target;
        this.lockFile = lockFile;
        this.lock = lock;
        this.draft = new PrivateArea(target.resolveSibling(target.getFileName() + ".private_temporary"));
    }

    /** Fails when something lies at {@code target} already or another command is making it. */
    static PrivateAreaDraft begin(Path target) throws IOException {
        Files.createDirectories(parentOf(target));
        Path lockFile = target.resolveSibling(target.getFileName() + ".lck");
        Flock lock = Flock.exclusive(lockFile, Duration.ZERO)
                .orElseThrow(() -> new StencilException(
                        Fault.CREATE_FAILED,
                        "Another command is making the private area " + target + ". Wait for it."));
        var result = new PrivateAreaDraft(target, lockFile, lock);
        try {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new StencilException(
                        Fault.CONTAINER_EXISTS,
                        "The private area " + target + " exists already. Remove or register it.");
            }
            result.removeDraft();
            return result;
        } catch (IOException | StencilException e) {
            lock.close();
            throw e;
        }
    }

    /** Fills the draft for a container that stands on {@code layers}, from the bottom up. */
    PrivateArea fill(List<Digest> layers, IdRange ids, String ownerName) throws IOException {
        Path path = draft.path();
        Files.createDirectory(path);
        try (Root root = Root.open(path)) {
            root.setMode(".", AREA);
            root.makeDirectory("fs", Mode.DIRECTORY, ids.root());
            root.makeDirectory("work", AREA, Owner.ROOT);
            root.makeDirectory("templates", Mode.DIRECTORY, Owner.ROOT);
            root.makeDirectory("scripts", Mode.DIRECTORY, Owner.ROOT);
            root.symlink(PrivateArea.LAYOUT, ".ve.layout", Owner.ROOT);
            root.write(".owner", ownerName + "\n", Mode.FILE, Owner.ROOT);
            root.write("ids", ids.base() + " " + ids.size() + "\n", Mode.FILE, Owner.ROOT);
            var lines = new StringBuilder();
            for (Digest layer : layers) {
                lines.append(layer).append('\n');
            }
            root.write("layers", lines.toString(), Mode.FILE, Owner.ROOT);
        }
        return draft;
    }

    /** Everything written reaches the disk, then the area gets its name. */
    PrivateArea publish() throws IOException {
        for (String file : List.of("layers", "ids", "ve.conf")) {
            sync(draft.path().resolve(file), Kernel.O_RDONLY);
        }
        sync(draft.path(), Kernel.O_RDONLY | Kernel.O_DIRECTORY);
        Kernel.renameat2(
                Kernel.AT_FDCWD, draft.path().toString(), Kernel.AT_FDCWD, target.toString(), Kernel.RENAME_NOREPLACE);
        published = true;
        sync(parentOf(target), Kernel.O_RDONLY | Kernel.O_DIRECTORY);
        return new PrivateArea(target);
    }

    @Override
    public void close() throws IOException {
        try {
            if (!published) {
                removeDraft();
            }
        } finally {
            Files.deleteIfExists(lockFile);
            lock.close();
        }
    }

    private void removeDraft() throws IOException {
        try (Root parent = Root.open(parentOf(target))) {
            parent.deleteTree(draft.path().getFileName().toString());
        }
    }

    private static Path parentOf(Path target) throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(target + " cannot be a private area");
        }
        return parent;
    }

    private static void sync(Path path, int flags) throws IOException {
        int descriptor = Kernel.openat(Kernel.AT_FDCWD, path.toString(), flags, 0);
        try {
            Kernel.fsync(descriptor);
        } finally {
            Kernel.close(descriptor);
        }
    }
}
