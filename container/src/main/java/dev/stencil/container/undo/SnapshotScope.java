package dev.stencil.container.undo;

import dev.stencil.packages.PackageOwnership;
import java.util.HashSet;
import java.util.Set;

/** Decides, on a walk from the top of a tree, which entries belong into a snapshot. */
final class SnapshotScope {
    /** How much of an entry and what is below it counts. */
    enum Part {
        /** The entry and all below it. */
        WHOLE,
        /** The entry itself, and of what is below it, what is listed. */
        LISTED,
        /** Only the way to something below. */
        PASSAGE,
        NONE
    }

    private final Set<String> trees;
    private final Set<String> foreign;
    private final Set<String> files;
    private final Set<String> passages = new HashSet<>();

    SnapshotScope(PackageOwnership owned) {
        trees = Set.copyOf(owned.trees());
        foreign = Set.copyOf(owned.foreign());
        files = owned.files();
        trees.forEach(this::addPassages);
        for (String file : files) {
            if (!isInWholeTree(file)) {
                addPassages(file);
            }
        }
    }

    /** Nobody looks for a way through a tree that counts as a whole; nearly all files of packages lie in one. */
    private boolean isInWholeTree(String file) {
        int slash = file.indexOf('/');
        return trees.contains("") || (slash > 0 && trees.contains(file.substring(0, slash)));
    }

    private void addPassages(String path) {
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            if (!passages.add(path.substring(0, slash))) {
                return;
            }
        }
    }

    /** What the walk begins with. */
    Part top() {
        return trees.contains("") ? Part.WHOLE : Part.PASSAGE;
    }

    /** {@code parent} is the part of the directory that {@code path} is in. */
    Part of(String path, Part parent) {
        if (parent == Part.WHOLE) {
            return foreign.contains(path) ? Part.NONE : Part.WHOLE;
        }
        if (trees.contains(path)) {
            return Part.WHOLE;
        }
        if (files.contains(path)) {
            return Part.LISTED;
        }
        return passages.contains(path) ? Part.PASSAGE : Part.NONE;
    }

    /** Whether the file of that path is only ever replaced as a whole, so that a further name keeps its content. */
    boolean isReplaced(String path) {
        return files.contains(path) && !PackageOwnership.isConfiguration(path);
    }
}
