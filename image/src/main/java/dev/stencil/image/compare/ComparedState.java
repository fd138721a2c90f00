package dev.stencil.image.compare;

import dev.stencil.image.tree.TreeStack;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockedPackage;
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

    /** What a system of {@code lock} consists of. */
    public static ComparedState of(String name, Lock lock) {
        return new ComparedState(
                name,
                lock.packages().stream()
                        .filter(LockedPackage::isDefault)
                        .map(LockedPackage::packageName)
                        .toList(),
                Optional.empty());
    }

    /** Without its files. */
    public ComparedState packagesOnly() {
        return new ComparedState(name, packages, Optional.empty());
    }
}
