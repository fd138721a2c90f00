package dev.stencil.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * New state in the making: a directory beside its final place, synced and renamed there by {@link #commit}. Closed without
 * commit, it is removed. A crash leaves a directory whose name begins with {@link #PREFIX}, which anybody holding the
 * place's lock may delete.
 */
public final class Staging implements AutoCloseable {
    /** First part of the name of an unfinished directory. */
    public static final String PREFIX = ".making-";

    private final Path target;
    private final Path parent;
    private final Path directory;
    private boolean committed;

    private Staging(Path target, Path parent, Path directory) {
        this.target = target;
        this.parent = parent;
        this.directory = directory;
    }

    /** An empty directory, mode 0700, that {@link #commit} turns into {@code target}. */
    public static Staging beside(Path target) throws IOException {
        Path parent =
                Objects.requireNonNull(target.toAbsolutePath().getParent(), "the root directory cannot be staged");
        Files.createDirectories(parent);
        Path directory = Files.createTempDirectory(
                parent, PREFIX, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new Staging(target, parent, directory);
    }

    public Path directory() {
        return directory;
    }

    /** Everything written reaches the disk, then the directory gets its name. Fails when the name is taken. */
    public void commit() throws IOException {
        int descriptor = Kernel.openat(Kernel.AT_FDCWD, directory.toString(), Kernel.O_RDONLY | Kernel.O_DIRECTORY, 0);
        try {
            Kernel.syncfs(descriptor);
        } finally {
            Kernel.close(descriptor);
        }
        Kernel.renameat2(
                Kernel.AT_FDCWD, directory.toString(), Kernel.AT_FDCWD, target.toString(), Kernel.RENAME_NOREPLACE);
        committed = true;
    }

    @Override
    public void close() throws IOException {
        if (!committed) {
            try (Root around = Root.open(parent)) {
                around.deleteTree(parent.relativize(directory).toString());
            }
        }
    }
}
