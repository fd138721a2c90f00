package dev.stencil.image;

import java.util.List;

/**
 * What was removed, or with {@code -n} would be.
 *
 * @param removed generations, oldest first; none when the template was not cached, which is no error
 */
public record RemoveCacheResult(String template, List<Generation> removed) {
    public RemoveCacheResult {
        removed = List.copyOf(removed);
    }
}
