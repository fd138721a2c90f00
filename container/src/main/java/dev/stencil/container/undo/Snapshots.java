package dev.stencil.container.undo;

import dev.stencil.container.undo.ContainerStorage.Held;
import dev.stencil.container.undo.Operation.Kept;
import dev.stencil.linux.Errno;
import dev.stencil.linux.Folder;
import dev.stencil.linux.Kernel;
import dev.stencil.linux.Root;
import dev.stencil.linux.Staging;
import dev.stencil.packages.PackageOwnership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes snapshots of a container's changes and knows what they were taken of. Callers hold the container's lock. */
final class Snapshots {
    static final String TREE = "fs";
    static final String LAYERS = "layers";
    private static final String LISTED = "listed";
    private static final long MOST_ENTRIES = 50_000;

    private final SnapshotPolicy policy;
    private final OperationLog log;

    Snapshots(SnapshotPolicy policy, OperationLog log) {
        this.policy = policy;
        this.log = log;
    }

    /** Keeps what is to be known of the container before operation {@code number}. All or nothing. */
    Kept take(int number, ContainerStorage storage, PackageOwnership owned) throws IOException {
        removeLeftovers();
        if (policy.keep() == 0) {
            return Kept.NONE;
        }
        try (Staging staging = Staging.beside(log.snapshot(number))) {
            Path tree = Files.createDirectory(staging.directory().resolve(TREE));
            Kept kept = copy(storage, owned, tree);
            Files.writeString(staging.directory().resolve(LAYERS), storage.layers());
            writeListed(staging.directory().resolve(LISTED), owned);
            staging.commit();
            return kept;
        }
    }

    private Kept copy(ContainerStorage storage, PackageOwnership owned, Path tree) throws IOException {
        boolean shares = isSharing(tree);
        try (Held _ = storage.frozen();
                Folder changes = Folder.open(storage.changes());
                Folder copy = Folder.open(tree)) {
            long bytes = shares ? Long.MAX_VALUE : policy.copyLimitBytes();
            boolean all = new SnapshotExtent(new SnapshotScope(owned), bytes, MOST_ENTRIES).holds(changes);
            var scope = new SnapshotScope(all ? owned.everything() : owned);
            new SnapshotWriter(scope, !shares, copy).write(changes);
            return all ? Kept.FULL : Kept.PACKAGES;
        }
    }

    /** Whether copies of files share their content here ({@code ioctl_ficlone(2)}). */
    private static boolean isSharing(Path directory) throws IOException {
        Path one = Files.writeString(directory.resolve("one"), "content");
        Path two = Files.createFile(directory.resolve("two"));
        int from = Kernel.openat(Kernel.AT_FDCWD, one.toString(), Kernel.O_RDONLY, 0);
        try {
            int to = Kernel.openat(Kernel.AT_FDCWD, two.toString(), Kernel.O_WRONLY, 0);
            try {
                Kernel.ficlone(to, from);
                return true;
            } catch (Errno e) {
                return false;
            } finally {
                Kernel.close(to);
            }
        } finally {
            Kernel.close(from);
            Files.delete(one);
            Files.delete(two);
        }
    }

    /** What packages listed outside of the trees that are theirs; the trees need no list. */
    private static void writeListed(Path file, PackageOwnership owned) throws IOException {
        List<String> trees = owned.trees().stream().map(tree -> tree + "/").toList();
        var lines = new StringBuilder();
        for (String path : owned.files()) {
            if (!isBelow(path, trees) && path.indexOf('\n') < 0) {
                lines.append(path).append('\n');
            }
        }
        Files.write(file, dev.stencil.linux.NativeText.bytes(lines.toString()));
    }

    private static boolean isBelow(String path, List<String> trees) {
        for (String tree : trees) {
            if (path.startsWith(tree)) {
                return true;
            }
        }
        return false;
    }

    /** What an operation changed: its snapshot against the changes now. {@code owned} is the ownership now. */
    FileChanges changesSince(int number, ContainerStorage storage, PackageOwnership owned) throws IOException {
        Path snapshot = log.snapshot(number);
        Set<String> listed =
                new HashSet<>(dev.stencil.linux.NativeText.text(Files.readAllBytes(snapshot.resolve(LISTED)))
                        .lines()
                        .toList());
        var scope = new SnapshotScope(owned.or(new PackageOwnership(List.of(), List.of(), listed)));
        try (Folder before = Folder.open(snapshot.resolve(TREE));
                Folder after = Folder.open(storage.changes())) {
            return TreeComparison.compare(before, after, scope);
        }
    }

    /** The tree of changes as it was. */
    Path tree(int number) {
        return log.snapshot(number).resolve(TREE);
    }

    boolean has(int number) {
        return Files.isDirectory(tree(number));
    }

    /** Drops all but the newest snapshots, and of operations that were undone all. */
    void prune() throws IOException {
        List<Integer> numbers = log.snapshots();
        for (int number : numbers.subList(0, Math.max(0, numbers.size() - policy.keep()))) {
            Operation operation = log.require(number);
            log.save(operation.with(Kept.NONE));
            log.dropSnapshot(number);
        }
    }

    private void removeLeftovers() throws IOException {
        Path directory = log.area().resolve("snapshots");
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Root root = Root.open(directory)) {
            for (String name : root.list(".")) {
                if (name.startsWith(Staging.PREFIX)) {
                    root.deleteTree(name);
                }
            }
        }
    }
}
