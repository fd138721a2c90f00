package dev.stencil.container.undo;

import dev.stencil.container.undo.SnapshotScope.Part;
import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Folder;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Copies a container's changes aside. Files that the package manager only replaces get a second name, which costs no space
 * and keeps their content; everything else is copied, with shared content where the file system can.
 */
final class SnapshotWriter {
    private final SnapshotScope scope;
    private final boolean links;
    private final Folder top;
    private final Map<Long, String> copies = new HashMap<>();

    /**
     * @param links whether second names may be used; false where copies cost nothing either
     * @param top the empty directory to write to
     */
    SnapshotWriter(SnapshotScope scope, boolean links, Folder top) {
        this.scope = scope;
        this.links = links;
        this.top = top;
    }

    void write(Folder changes) throws IOException {
        write(changes, top, "", scope.top());
        top.adopt(changes);
    }

    private void write(Folder from, Folder to, String path, Part part) throws IOException {
        for (String name : from.names()) {
            String child = path.isEmpty() ? name : path + "/" + name;
            Part how = scope.of(child, part);
            Optional<FileStatus> status = how == Part.NONE ? Optional.empty() : from.status(name);
            if (status.isEmpty()) {
                continue;
            }
            if (status.get().isDirectory()) {
                to.makeDirectory(name);
                try (Folder below = from.child(name);
                        Folder copy = to.child(name)) {
                    write(below, copy, child, how);
                    copy.adopt(below);
                }
            } else if (how != Part.PASSAGE) {
                file(from, to, name, child, status.get());
            }
        }
    }

    private void file(Folder from, Folder to, String name, String path, FileStatus status) throws IOException {
        if (links && (status.isSymlink() || (status.isRegular() && scope.isReplaced(path)))) {
            to.link(from, name, name);
        } else if (status.isRegular() && status.links() > 1 && copies.containsKey(status.inode())) {
            to.link(top, copies.getOrDefault(status.inode(), ""), name);
        } else {
            to.copy(from, name, name);
            copies.put(status.inode(), path);
        }
    }
}
