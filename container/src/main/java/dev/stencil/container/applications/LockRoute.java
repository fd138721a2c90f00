package dev.stencil.container.applications;

import dev.stencil.packages.PackageName;
import dev.stencil.packages.lock.Inclusion;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockedPackage;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is different between the packages of a container and a lock. A package is its name and architecture.
 *
 * @param target the lock to get to
 * @param dropped packages, by name and architecture, that the lock before it had and {@code target} has not
 * @param excludes globs of names that are never touched
 */
record LockRoute(Lock target, Set<String> dropped, List<PathMatcher> excludes) {

    /** From {@code recorded}, which is {@code target} itself for a container whose former lock nobody knows. */
    static LockRoute between(Lock recorded, Lock target, List<String> excludes) {
        // A lock that does not speak of an application says nothing about that application's packages either.
        boolean speaksOfAll =
                target.template().apps().containsAll(recorded.template().apps());
        Set<String> dropped = new HashSet<>();
        for (LockedPackage one : recorded.packages()) {
            if (one.isDefault() && (speaksOfAll || one.membership().stage() <= Inclusion.LAST_OS_STAGE)) {
                dropped.add(key(one.packageName()));
            }
        }
        members(target).forEach(name -> dropped.remove(key(name)));
        List<PathMatcher> globs = excludes.stream()
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
        return new LockRoute(target, Set.copyOf(dropped), globs);
    }

    /** Packages of the lock that are missing or of another version, then those it dropped and that are still there. */
    List<Deviation> changes(List<PackageName> installed) {
        List<Deviation> changes = new ArrayList<>(arrivals(installed));
        for (PackageName name : installed) {
            if (dropped.contains(key(name)) && isFree(name)) {
                changes.add(Deviation.surplus(name));
            }
        }
        return changes;
    }

    List<Deviation> arrivals(List<PackageName> installed) {
        List<Deviation> arrivals = new ArrayList<>();
        for (Deviation one : Deviation.between(members(target), installed)) {
            one.recorded().filter(this::isFree).ifPresent(name -> arrivals.add(one));
        }
        return arrivals;
    }

    /** Installed packages that the lock does not have and that may be touched. */
    List<PackageName> extras(List<PackageName> installed) {
        Set<String> own = new HashSet<>();
        Set<String> forAll = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (PackageName member : members(target)) {
            own.add(key(member));
            names.add(member.name());
            if (isForAll(member)) {
                forAll.add(member.name());
            }
        }
        List<PackageName> extras = new ArrayList<>(installed);
        // A package that became one for all architectures, or ceased to be, is replaced.
        extras.removeIf(name -> own.contains(key(name))
                || forAll.contains(name.name())
                || (isForAll(name) && names.contains(name.name()))
                || !isFree(name));
        return extras;
    }

    boolean isDropped(PackageName name) {
        return dropped.contains(key(name));
    }

    private boolean isFree(PackageName name) {
        return excludes.stream().noneMatch(glob -> glob.matches(Path.of(name.name())));
    }

    private static boolean isForAll(PackageName name) {
        return name.arch().equals("all") || name.arch().equals("noarch");
    }

    private static List<PackageName> members(Lock lock) {
        return lock.packages().stream()
                .filter(LockedPackage::isDefault)
                .map(LockedPackage::packageName)
                .toList();
    }

    private static String key(PackageName name) {
        return name.name() + " " + name.arch();
    }
}
