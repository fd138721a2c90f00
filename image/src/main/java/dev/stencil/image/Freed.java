package dev.stencil.image;

import java.nio.file.Path;
import java.util.List;

/**
 * What was removed of one kind, or would be.
 *
 * @param sizeBytes sum of the sizes of regular files
 */
public record Freed(Kind kind, List<Path> paths, long sizeBytes) {
    public Freed {
        paths = List.copyOf(paths);
    }

    /** Things that can lose their last user. */
    public enum Kind {
        /** What dead runs left behind. */
        LEFTOVERS,
        /** Generations that were replaced. */
        GENERATIONS,
        LAYERS,
        /** Fetched packages. */
        PACKAGES,
        /** The package lists that repositories publish; they are fetched again when needed. */
        LISTS
    }
}
