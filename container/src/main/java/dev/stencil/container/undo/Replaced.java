package dev.stencil.container.undo;

import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a restoration takes away. It goes into a directory that is deleted later, because freeing a file can take ext4
 * longer than everything else together (measured: 2 ms against 0.05 ms for a rename and a link).
 */
final class Replaced implements AutoCloseable {
    private final Folder attic;
    private final Optional<OpenPath> changes;
    private int count;

    private Replaced(Folder attic, Optional<OpenPath> changes) throws IOException {
        this.attic = attic;
        this.changes = changes;
        this.count = attic.names().size();
    }

    /** Files of a directory on the same file system are moved. */
    static Replaced movedTo(Path attic) throws IOException {
        return new Replaced(Folder.open(Files.createDirectories(attic)), Optional.empty());
    }

    /** Files of a mounted root get a second name where its changes have them, and stay for who replaces or deletes them. */
    static Replaced linkedTo(Path attic, Path changes) throws IOException {
        return new Replaced(Folder.open(Files.createDirectories(attic)), Optional.of(new OpenPath(changes)));
    }

    /** Takes a file, link or node away if it is there. */
    void remove(Folder folder, String name, String path) throws IOException {
        makeWay(folder, name, path);
        folder.delete(name);
    }

    /** Before something else is renamed over the name, which in a mounted root must not be missing in between. */
    void makeWay(Folder folder, String name, String path) throws IOException {
        if (changes.isEmpty()) {
            if (folder.status(name).isPresent()) {
                attic.move(folder, name, next());
            }
            return;
        }
        Optional<Folder> below = changes.get().find(OpenPath.parentOf(path));
        if (below.isPresent()
                && below.get().status(name).filter(FileStatus::isRegular).isPresent()) {
            attic.link(below.get(), name, next());
        }
    }

    /** Takes a directory away; false when there is something in it. */
    boolean removeEmpty(Folder folder, String name) throws IOException {
        if (changes.isPresent()) {
            return folder.deleteEmpty(name);
        }
        try (Folder empty = folder.child(name)) {
            if (!empty.names().isEmpty()) {
                return false;
            }
        }
        attic.move(folder, name, next());
        return true;
    }

    private String next() {
        return Integer.toString(count++);
    }

    @Override
    public void close() {
        attic.close();
        changes.ifPresent(OpenPath::close);
    }
}
