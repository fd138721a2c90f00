package dev.stencil.packages;

import java.util.List;

/**
 * Packages that go into a new root together, upon those of the stages before, which are all configured. What they need is
 * among them or there already.
 *
 * @param number counts up from 1
 */
public record BuildStage(int number, List<PackageFile> packages) {
    public BuildStage {
        packages = List.copyOf(packages);
    }

    /** Whether the root is empty so far; then the Essential set is among the packages. */
    public boolean isFirst() {
        return number == 1;
    }
}
