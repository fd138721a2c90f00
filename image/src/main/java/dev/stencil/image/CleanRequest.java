package dev.stencil.image;

import java.util.List;
import java.util.Set;

/**
 * Remove what nobody refers to.
 *
 * @param kinds of things to remove
 * @param templates whose generations, leftovers and package lists are looked at, as typed; all when empty. Layers and
 *     packages are shared by all, so they go when none of the host's templates, caches and containers names them
 * @param checkOnly only tell what would go
 */
public record CleanRequest(Set<Freed.Kind> kinds, List<String> templates, boolean checkOnly, boolean takeLocks) {
    public CleanRequest {
        kinds = Set.copyOf(kinds);
        templates = List.copyOf(templates);
    }
}
