package dev.stencil.packages;

import dev.stencil.packages.lock.LockedPackage;
import dev.stencil.packages.lock.LockedRepository;
import java.util.List;

/**
 * Which repositories offer the files of a resolution, in the words of a lock.
 *
 * @param repositories the source's, in its order, with the state they were in
 * @param files where each file lies, in the resolution's order
 */
public record Offers(List<LockedRepository> repositories, List<LockedPackage.File> files) {
    public Offers {
        repositories = List.copyOf(repositories);
        files = List.copyOf(files);
    }
}
