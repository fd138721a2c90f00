package dev.stencil.image;

import java.nio.file.Path;
import java.util.List;

/**
 * What was removed, or with {@code -n} would be.
 *
 * @param removed directories of generations, oldest first; none when the template was not cached, which is no error
 */
public record RemoveCacheResult(String template, List<Path> removed) {
    public RemoveCacheResult {
        removed = List.copyOf(removed);
    }
}
