package dev.stencil.container.undo;

import dev.stencil.container.undo.FileChange.Kind;
import dev.stencil.container.undo.FileChange.Mark;
import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Folder;
import dev.stencil.packages.PackageOwnership;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the paths of an operation what they were before it: in the directory of changes of a container that is not mounted,
 * from its snapshot; in the mounted root of one that is, from a view of the whole root as it was. Done again after it was
 * killed, it ends the same.
 */
final class Restoration implements AutoCloseable {
    /** Added to the name of a configuration file that somebody changed after the operation. */
    static final String KEPT = ".before-rollback";

    private static final String BESIDE = ".stencil-undo";

    private final OpenPath source;
    private final OpenPath target;
    private final boolean links;
    private final Replaced replaced;
    private final List<String> kept = new ArrayList<>();

    private Restoration(OpenPath source, OpenPath target, boolean links, Replaced replaced) {
        this.source = source;
        this.target = target;
        this.links = links;
        this.replaced = replaced;
    }

    /**
     * In the directory of changes of a container that is not mounted, by second names of what the snapshot holds.
     *
     * @param attic takes what is replaced
     */
    static Restoration ofChanges(Path snapshot, Path changes, Path attic) throws IOException {
        return new Restoration(new OpenPath(snapshot), new OpenPath(changes), true, Replaced.movedTo(attic));
    }

    /** In a mounted root, by copies out of a view; {@code changes} are those of the mounted root. */
    static Restoration ofRoot(Path view, Path root, Path changes, Path attic) throws IOException {
        return new Restoration(new OpenPath(view), new OpenPath(root), false, Replaced.linkedTo(attic, changes));
    }

    /** Removes first, which frees space, then brings back; answers configuration files whose later content was kept beside. */
    List<String> restore(FileChanges changes) throws IOException {
        for (FileChange change : changes.changes().reversed()) {
            clear(change);
        }
        for (FileChange change : changes.changes()) {
            bring(change);
        }
        return List.copyOf(kept);
    }

    /** Takes away what was not there, or was a directory and is none now, or the other way round. */
    private void clear(FileChange change) throws IOException {
        Optional<Folder> folder = target.find(OpenPath.parentOf(change.path()));
        String name = OpenPath.nameOf(change.path());
        Optional<FileStatus> now =
                folder.isEmpty() ? Optional.empty() : folder.get().status(name);
        if (now.isEmpty()) {
            return;
        }
        Optional<FileStatus> before = statusBefore(change.path());
        if (now.get().isDirectory()) {
            if (before.isEmpty() || !before.get().isDirectory()) {
                clearDirectory(change, folder.get(), name, before.isPresent());
            }
        } else if (before.isEmpty() || before.get().isDirectory()) {
            keepEdited(change, folder.get(), name, now.get());
            replaced.remove(folder.get(), name, change.path());
        }
    }

    /** What others have put into the directory since stays. */
    private void clearDirectory(FileChange change, Folder folder, String name, boolean inTheWay) throws IOException {
        if (replaced.removeEmpty(folder, name)) {
            return;
        }
        if (inTheWay) {
            folder.rename(name, name + KEPT);
            kept.add(change.path() + KEPT);
        } else if (change.kind() == Kind.HIDING && links) {
            try (Folder stays = folder.child(name)) {
                Overlay.unhide(stays);
            }
        }
    }

    private void bring(FileChange change) throws IOException {
        Optional<FileStatus> before = statusBefore(change.path());
        if (before.isEmpty()) {
            return;
        }
        String name = OpenPath.nameOf(change.path());
        Folder to = parentInTarget(OpenPath.parentOf(change.path()));
        Folder from = source.find(OpenPath.parentOf(change.path())).orElseThrow();
        if (before.get().isDirectory()) {
            try (Folder old = from.child(name)) {
                directory(old, to, name, change);
            }
            return;
        }
        Optional<FileStatus> now = to.status(name);
        if (now.isPresent()) {
            if (now.get().inode() == before.get().inode()
                    && now.get().device() == before.get().device()) {
                return;
            }
            if (!Mark.of(now.get()).equals(Mark.of(before.get()))) {
                keepEdited(change, to, name, now.get());
            }
        }
        replaced.makeWay(to, name, change.path());
        file(from, to, name);
    }

    private void directory(Folder old, Folder to, String name, FileChange change) throws IOException {
        if (to.status(name).isEmpty()) {
            to.makeDirectory(name);
        }
        try (Folder now = to.child(name)) {
            // Below a directory that hid the layers, or was removed, nothing of them is listed.
            boolean all = change.kind() == Kind.HIDING
                    || change.after().filter(FileChange.Mark::isDirectory).isEmpty();
            if (all && !links) {
                missing(old, now);
            }
            now.adopt(old);
            if (links && !Overlay.isOpaque(old)) {
                Overlay.unhide(now);
            }
        }
    }

    /** Brings what {@code old} has and {@code now} lacks. */
    private void missing(Folder old, Folder now) throws IOException {
        for (String name : old.names()) {
            boolean directory = old.status(name).filter(FileStatus::isDirectory).isPresent();
            if (!directory) {
                if (now.status(name).isEmpty()) {
                    file(old, now, name);
                }
                continue;
            }
            boolean made = now.status(name).isEmpty();
            if (made) {
                now.makeDirectory(name);
            }
            Optional<Folder> below = now.find(name);
            try (Folder from = old.child(name)) {
                if (below.isPresent()) {
                    missing(from, below.get());
                    if (made) {
                        below.get().adopt(from);
                    }
                }
            } finally {
                below.ifPresent(Folder::close);
            }
        }
    }

    /** The directory in the target; made like the source's where it is missing, in place of whatever else is there. */
    private Folder parentInTarget(String path) throws IOException {
        Optional<Folder> there = target.find(path);
        if (there.isPresent()) {
            return there.get();
        }
        Folder above = parentInTarget(OpenPath.parentOf(path));
        String name = OpenPath.nameOf(path);
        if (above.status(name).isPresent()) {
            above.rename(name, name + KEPT);
            kept.add(path + KEPT);
        }
        above.makeDirectory(name);
        try (Folder made = above.child(name)) {
            made.adopt(source.find(path).orElseThrow());
        }
        return target.find(path).orElseThrow();
    }

    private void file(Folder from, Folder to, String name) throws IOException {
        if (links) {
            to.link(from, name, name);
        } else {
            to.delete(BESIDE);
            to.copy(from, name, BESIDE);
            to.rename(BESIDE, name);
        }
    }

    private void keepEdited(FileChange change, Folder folder, String name, FileStatus now) throws IOException {
        boolean edited = now.isRegular()
                && PackageOwnership.isConfiguration(change.path())
                && change.after().filter(Mark.of(now)::equals).isEmpty();
        if (edited) {
            folder.rename(name, name + KEPT);
            kept.add(change.path() + KEPT);
        }
    }

    private Optional<FileStatus> statusBefore(String path) throws IOException {
        Optional<Folder> folder = source.find(OpenPath.parentOf(path));
        return folder.isEmpty() ? Optional.empty() : folder.get().status(OpenPath.nameOf(path));
    }

    @Override
    public void close() {
        source.close();
        target.close();
        replaced.close();
    }
}
