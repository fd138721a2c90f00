package dev.stencil.packages;

import dev.stencil.packages.lock.LockedPackage;
import dev.stencil.packages.lock.LockedRepository;
import java.util.List;

/**
 * What the package lists know about the files of a resolution, in the words of a lock.
 *
 * @param repositories the source's, in its order, with the state they were in
 * @param packages one for each file, in the resolution's order
 */
public record Offers(List<LockedRepository> repositories, List<Offer> packages) {
    public Offers {
        repositories = List.copyOf(repositories);
        packages = List.copyOf(packages);
    }

    /**
     * One file and where it is offered.
     *
     * @param control the package's own description in the family's text form, with its dependencies
     */
    public record Offer(
            PackageFile file, LockedPackage.File locked, LockedPackage.Origin origin, String control) {}
}
