package dev.stencil.container.undo;

import dev.stencil.linux.Folder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the directories of a tree that paths are in, and keeps the last one open for the path that comes next. */
final class OpenPath implements AutoCloseable {
    private final List<String> names = new ArrayList<>();
    private final List<Folder> folders = new ArrayList<>();

    OpenPath(Path tree) throws IOException {
        folders.add(Folder.open(tree));
    }

    static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** The directory {@code path}; empty when it or one before it is missing or no directory. Not to be closed. */
    Optional<Folder> find(String path) throws IOException {
        String[] wanted = path.isEmpty() ? new String[0] : path.split("/", -1);
        int common = 0;
        while (common < names.size()
                && common < wanted.length
                && names.get(common).equals(wanted[common])) {
            common++;
        }
        cut(common);
        for (int i = common; i < wanted.length; i++) {
            Optional<Folder> next = folders.getLast().find(wanted[i]);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            names.add(wanted[i]);
            folders.add(next.get());
        }
        return Optional.of(folders.getLast());
    }

    private void cut(int length) {
        while (names.size() > length) {
            names.removeLast();
            folders.removeLast().close();
        }
    }

    @Override
    public void close() {
        folders.reversed().forEach(Folder::close);
        folders.clear();
        names.clear();
    }
}
