package dev.stencil.container.undo;

import dev.stencil.container.undo.SnapshotScope.Part;
import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Folder;
import java.io.IOException;
import java.util.Optional;

/** Finds out whether everything a container has changed is little enough to be copied; stops counting when it is not. */
final class SnapshotExtent {
    private final SnapshotScope scope;
    private long bytes;
    private long entries;

    /** {@code scope} is that of the snapshot of packages, whose cost is not counted again. */
    SnapshotExtent(SnapshotScope scope, long bytes, long entries) {
        this.scope = scope;
        this.bytes = bytes;
        this.entries = entries;
    }

    boolean holds(Folder changes) throws IOException {
        return holds(changes, "", scope.top());
    }

    private boolean holds(Folder folder, String path, Part part) throws IOException {
        for (String name : folder.names()) {
            String child = path.isEmpty() ? name : path + "/" + name;
            Part how = scope.of(child, part);
            Optional<FileStatus> status = how == Part.WHOLE ? Optional.empty() : folder.status(name);
            if (status.isEmpty()) {
                continue;
            }
            entries--;
            if (status.get().isDirectory()) {
                try (Folder below = folder.child(name)) {
                    if (!holds(below, child, how)) {
                        return false;
                    }
                }
            } else if (how != Part.LISTED && status.get().isRegular()) {
                bytes -= status.get().size();
            }
            if (bytes < 0 || entries < 0) {
                return false;
            }
        }
        return true;
    }
}
