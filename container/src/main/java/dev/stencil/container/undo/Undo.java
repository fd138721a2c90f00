package dev.stencil.container.undo;

import dev.stencil.container.undo.ContainerStorage.Held;
import dev.stencil.container.undo.Operation.State;
import dev.stencil.container.undo.OperationMarker.Phase;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Flock;
import dev.stencil.linux.Folder;
import dev.stencil.linux.Kernel;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Takes operations back, the newest first. Each method may be killed and called again. Callers hold the container's lock.
 */
public final class Undo {
    private static final Duration MOUNT_WAIT = Duration.ofSeconds(10);
    private static final String SWAPPED = "swapped";

    private final OperationLog log;
    private final ContainerStorage storage;
    private final Path templates;

    /** {@code templates} is the container's book-keeping directory. */
    public Undo(OperationLog log, ContainerStorage storage, Path templates) {
        this.log = log;
        this.storage = storage;
        this.templates = templates;
    }

    /**
     * Brings the paths that the operation changed back to what they were; everything else stays.
     *
     * @param root the mounted root, or empty when the container is not mounted
     * @param kept names of configuration files that were put beside are added to it
     * @return the paths that it changed
     */
    public List<String> packages(Operation operation, Optional<Path> root, List<String> kept) {
        requireSameLayers(operation);
        try {
            mark(operation);
            FileChanges files = log.files(operation.number())
                    .orElseThrow(() -> new IOException(log.directory(operation.number()) + "/files is missing"));
            kept.addAll(root.isPresent() ? inRoot(operation, root.get(), files) : inChanges(operation, files));
            return files.changes().stream().map(FileChange::path).toList();
        } catch (IOException e) {
            throw log.failed("undo operation " + operation.number(), e);
        }
    }

    private List<String> inChanges(Operation operation, FileChanges files) throws IOException {
        try (Flock _ = unmounted();
                var restoration = Restoration.ofChanges(tree(operation), storage.changes(), attic(operation))) {
            return restoration.restore(files);
        }
    }

    private List<String> inRoot(Operation operation, Path root, FileChanges files) throws IOException {
        Path view = Files.createDirectories(log.snapshot(operation.number()).resolve("view"));
        try (Held _ = storage.view(tree(operation), view);
                Held _ = storage.frozen();
                var restoration = Restoration.ofRoot(view, root, storage.changes(), attic(operation))) {
            return restoration.restore(files);
        }
    }

    private Path attic(Operation operation) {
        return log.snapshot(operation.number()).resolve("replaced");
    }

    /** Nobody mounts the changes while this is held; see {@code ContainerMounts}. */
    private Flock unmounted() throws IOException {
        return Flock.directory(storage.changes(), MOUNT_WAIT)
                .orElseThrow(() -> new IOException("another command is mounting " + storage.changes()));
    }

    /**
     * Puts the tree of all changes from before the operation in place of the changes now. For a container that is not
     * mounted, and an operation whose snapshot is full.
     */
    public void whole(Operation operation) {
        requireSameLayers(operation);
        Path swapped = log.snapshot(operation.number()).resolve(SWAPPED);
        try {
            mark(operation);
            try (Flock _ = unmounted()) {
                if (!Files.exists(swapped)) {
                    Files.writeString(swapped, inode(tree(operation)));
                }
                if (!Files.readString(swapped).equals(inode(storage.changes()))) {
                    String old = tree(operation).toString();
                    String now = storage.changes().toString();
                    Kernel.renameat2(Kernel.AT_FDCWD, old, Kernel.AT_FDCWD, now, Kernel.RENAME_EXCHANGE);
                }
            }
        } catch (IOException e) {
            throw log.failed("undo operation " + operation.number(), e);
        }
    }

    /** Whether {@link #whole} was begun for the operation, so that only it can be gone on with. */
    public boolean isWholeBegun(Operation operation) {
        return Files.exists(log.snapshot(operation.number()).resolve(SWAPPED));
    }

    private static String inode(Path directory) throws IOException {
        try (Folder folder = Folder.open(directory)) {
            return Long.toString(folder.status().inode());
        }
    }

    /** Brings the book-keeping of packages and templates back. */
    public void records(Operation operation) {
        Path beside = templates.resolveSibling(".templates-before");
        try (Root area = Root.open(log.area())) {
            String name = beside.getFileName().toString();
            area.deleteTree(name);
            Files.createDirectory(beside);
            try (Folder from = Folder.open(log.templates(operation.number()));
                    Folder to = Folder.open(beside)) {
                Operations.everything(to).write(from);
            }
            Files.createDirectories(templates);
            Kernel.renameat2(
                    Kernel.AT_FDCWD, beside.toString(), Kernel.AT_FDCWD, templates.toString(), Kernel.RENAME_EXCHANGE);
            area.deleteTree(name);
        } catch (IOException e) {
            throw log.failed("bring back the records of packages before operation " + operation.number(), e);
        }
    }

    /**
     * The operation is undone now, and its snapshot is gone. In a container that is down that took names of files only,
     * which file systems write down in their order; copies into a mounted root are synced first.
     */
    public void close(Operation operation, boolean copied) {
        try {
            if (copied) {
                sync();
            }
            log.save(operation.with(State.ROLLED_BACK).with(Operation.Kept.NONE));
            log.dropSnapshot(operation.number());
            OperationMarker.remove(log.area());
        } catch (IOException e) {
            throw log.failed("record that operation " + operation.number() + " is undone", e);
        }
    }

    /** What was brought back is on the disk before anybody is told that it is. */
    private void sync() throws IOException {
        int descriptor = Kernel.openat(Kernel.AT_FDCWD, log.area().toString(), Kernel.O_RDONLY | Kernel.O_DIRECTORY, 0);
        try {
            Kernel.syncfs(descriptor);
        } finally {
            Kernel.close(descriptor);
        }
    }

    private void mark(Operation operation) throws IOException {
        new OperationMarker(
                        ProcessHandle.current().pid(),
                        operation.number(),
                        Phase.ROLLING_BACK,
                        "rollback " + log.container())
                .write(log.area());
    }

    private Path tree(Operation operation) {
        return log.snapshot(operation.number()).resolve(Snapshots.TREE);
    }

    private void requireSameLayers(Operation operation) {
        Path file = log.snapshot(operation.number()).resolve(Snapshots.LAYERS);
        try {
            if (Files.readString(file).equals(storage.layers())) {
                return;
            }
        } catch (IOException e) {
            throw log.failed("read " + file, e);
        }
        throw new StencilException(
                Fault.NOT_SUPPORTED,
                "Container " + log.container() + " stands on other layers than before operation " + operation.number()
                        + "; its snapshot cannot be used any more.");
    }
}
