package dev.stencil.image.compare;

import dev.stencil.image.tree.TreeStack;
import dev.stencil.packages.PackageName;
import java.util.List;
import java.util.Optional;

/**
 * One side of a comparison.
 *
 * @param name as messages call it
 * @param trees its files; a lock has none
 */
public record ComparedState(String name, List<PackageName> packages, Optional<TreeStack> trees) {
    public ComparedState {
        packages = List.copyOf(packages);
    }
}
