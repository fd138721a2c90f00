package dev.stencil.container.applications;

import dev.stencil.packages.PackageMatch;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockedPackage;
import dev.stencil.template.AppTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Packages of an application that an update along a lock does not touch, because the lock does not name the application.
 *
 * @param packages those of the application's list that are installed and not in the lock, at least one
 */
record LeftAlone(AppTemplate application, List<PackageName> packages) {
    LeftAlone {
        packages = List.copyOf(packages);
    }

    /** What {@code lock} leaves alone in a container with {@code applications} and the packages {@code installed}. */
    static List<LeftAlone> by(
            Lock lock, List<AppTemplate> applications, List<PackageName> installed, PackageMatch match) {
        Set<String> locked = new HashSet<>();
        lock.packages().stream().map(LockedPackage::name).forEach(locked::add);
        List<LeftAlone> found = new ArrayList<>();
        for (AppTemplate application : applications) {
            List<PackageName> packages = installed.stream()
                    .filter(name -> !locked.contains(name.name())
                            && application.packages().stream().anyMatch(word -> match.matches(word, name)))
                    .toList();
            if (!lock.template().apps().contains(application.name()) && !packages.isEmpty()) {
                found.add(new LeftAlone(application, packages));
            }
        }
        return found;
    }

    /** For the one who updated {@code container}: which packages these are, and what to do about them. */
    String told(String container) {
        String names = String.join(
                ", ", packages.stream().map(PackageName::name).sorted().toList());
        return "The lock does not name the application " + application.name() + ": " + names
                + (packages.size() == 1 ? " was" : " were") + " left alone. Update with: vzpkg update " + container
                + " " + application.name();
    }
}
