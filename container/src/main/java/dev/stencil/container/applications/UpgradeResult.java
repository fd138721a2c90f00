package dev.stencil.container.applications;

import dev.stencil.packages.PackageName;
import dev.stencil.packages.Resolution;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an upgrade to another release did, or with {@code -n} would do; each list of packages by name.
 *
 * @param container its id
 * @param from name of the OS template that it was of
 * @param to name of the OS template that it is of now
 * @param applications that came along
 * @param dropped applications that the other release does not have
 * @param updated packages of which another version was there before
 * @param installed packages that are new
 * @param removed packages of which no version is left
 */
public record UpgradeResult(
        String container,
        String from,
        String to,
        List<String> applications,
        List<String> dropped,
        List<PackageName> updated,
        List<PackageName> installed,
        List<PackageName> removed) {
    public UpgradeResult {
        applications = List.copyOf(applications);
        dropped = List.copyOf(dropped);
        updated = List.copyOf(updated);
        installed = List.copyOf(installed);
        removed = List.copyOf(removed);
    }

    /** Expected of {@code plan} in a container of these packages. */
    static UpgradeResult of(ReleaseStep step, List<PackageName> before, Resolution plan) {
        return of(
                step,
                before,
                PackageChanges.of(plan),
                Premises.names(step.next().applications()));
    }

    static UpgradeResult of(
            ReleaseStep step, List<PackageName> before, PackageChanges changes, List<String> applications) {
        Set<String> known = new HashSet<>();
        before.forEach(name -> known.add(name.name()));
        Set<String> present = new HashSet<>();
        changes.added().stream().filter(UpgradeResult::isForAll).forEach(name -> present.add(name.name()));
        Set<String> arrived = new HashSet<>();
        changes.added().forEach(name -> arrived.add(name.name()));
        return new UpgradeResult(
                step.former().container().id(),
                step.former().operatingSystem().name(),
                step.target().name(),
                applications,
                step.dropped(),
                changes.added().stream()
                        .filter(name -> known.contains(name.name()))
                        .toList(),
                changes.added().stream()
                        .filter(name -> !known.contains(name.name()))
                        .toList(),
                changes.removed().stream()
                        // One that was for all architectures and is not any more, or the other way round, is updated.
                        .filter(name ->
                                !present.contains(name.name()) && !(isForAll(name) && arrived.contains(name.name())))
                        .toList());
    }

    private static boolean isForAll(PackageName name) {
        return name.arch().equals("all") || name.arch().equals("noarch");
    }
}
