package dev.stencil.container.undo;

import dev.stencil.container.undo.FileChange.Kind;
import dev.stencil.container.undo.FileChange.Mark;
import dev.stencil.container.undo.SnapshotScope.Part;
import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Folder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What an operation has changed: the snapshot taken before it against the container's changes after it. */
final class TreeComparison {
    private final SnapshotScope scope;
    private final List<FileChange> found = new ArrayList<>();

    private TreeComparison(SnapshotScope scope) {
        this.scope = scope;
    }

    /** Changes inside {@code scope}, each path once, directories before what is in them. */
    static FileChanges compare(Folder before, Folder after, SnapshotScope scope) throws IOException {
        var comparison = new TreeComparison(scope);
        comparison.walk(Optional.of(before), Optional.of(after), "", scope.top());
        return new FileChanges(comparison.found);
    }

    private void walk(Optional<Folder> before, Optional<Folder> after, String path, Part part) throws IOException {
        var names = new TreeSet<String>();
        if (before.isPresent()) {
            names.addAll(before.get().names());
        }
        if (after.isPresent()) {
            names.addAll(after.get().names());
        }
        for (String name : names) {
            String child = path.isEmpty() ? name : path + "/" + name;
            Part how = scope.of(child, part);
            if (how != Part.NONE) {
                visit(before, after, name, child, how);
            }
        }
    }

    private void visit(Optional<Folder> before, Optional<Folder> after, String name, String path, Part part)
            throws IOException {
        try (Entry old = Entry.in(before, name);
                Entry now = Entry.in(after, name)) {
            if (part != Part.PASSAGE) {
                old.changeTo(now).ifPresent(kind -> found.add(new FileChange(path, kind, now.mark())));
            }
            if (old.folder.isPresent() || now.folder.isPresent()) {
                walk(old.folder, now.folder, path, part);
            }
        }
    }

    /** What has a name on one of the two sides, if anything has. */
    private record Entry(Optional<Folder> parent, String name, Optional<FileStatus> status, Optional<Folder> folder)
            implements AutoCloseable {

        static Entry in(Optional<Folder> parent, String name) throws IOException {
            if (parent.isEmpty()) {
                return new Entry(parent, name, Optional.empty(), Optional.empty());
            }
            Optional<FileStatus> status = parent.get().status(name);
            boolean directory = status.filter(FileStatus::isDirectory).isPresent();
            return new Entry(parent, name, status, directory ? parent.get().find(name) : Optional.empty());
        }

        Optional<Mark> mark() {
            return status.map(Mark::of);
        }

        Optional<Kind> changeTo(Entry now) throws IOException {
            if (status.isEmpty() && now.status.isEmpty()) {
                return Optional.empty();
            }
            if (now.isOpaque() && !isOpaque()) {
                return Optional.of(Kind.HIDING);
            }
            if (status.isEmpty() || now.status.isEmpty()) {
                return Optional.of(status.isEmpty() ? Kind.ADDED : Kind.REMOVED);
            }
            return isEqual(status.get(), now) ? Optional.empty() : Optional.of(Kind.CHANGED);
        }

        private boolean isEqual(FileStatus mine, Entry other) throws IOException {
            FileStatus theirs = other.status.orElseThrow();
            if (mine.inode() == theirs.inode() && mine.device() == theirs.device()) {
                return true;
            }
            if (!Mark.of(mine).equals(Mark.of(theirs)) || mine.nodeDevice() != theirs.nodeDevice()) {
                return false;
            }
            Folder here = parent.orElseThrow();
            Folder there = other.parent.orElseThrow();
            // Packages of a rebuilt archive carry equal times, so equal size and time do not mean equal content.
            return switch (mine.type()) {
                case dev.stencil.linux.Kernel.S_IFREG -> here.hasSameContent(name, there, name);
                case dev.stencil.linux.Kernel.S_IFLNK -> here.linkTarget(name).equals(there.linkTarget(name));
                default -> isOpaque() == other.isOpaque();
            };
        }

        private boolean isOpaque() throws IOException {
            return folder.isPresent() && Overlay.isOpaque(folder.get());
        }

        @Override
        public void close() {
            folder.ifPresent(Folder::close);
        }
    }
}
