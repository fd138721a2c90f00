package dev.stencil.container.applications;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.Outdated;
import dev.stencil.packages.PackageGroup;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Vzpackages;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is in a container, without changing it: {@code list} and {@code status} (spec vzpkg 4.4 to 4.6). A container that is
 * not mounted is mounted for as long as its package database is read.
 */
public final class ContainerInventory {
    private final PremisesService premisesService;
    private final PackageDrivers drivers;

    ContainerInventory(PremisesService premisesService, PackageDrivers drivers) {
        this.premisesService = premisesService;
        this.drivers = drivers;
    }

    /** A template of a container and when it was installed, as recorded: {@code YYYY-MM-DD HH:MM:SS}. */
    public record Row(Template template, Optional<String> installed) {}

    /** The OS template's row, then those of the applications in the order of {@code TEMPLATES}. */
    public List<Row> templates(String container) {
        Premises premises = premisesService.open(container);
        var timestamps = new Timestamps(premises.container().templates());
        List<Row> rows = new ArrayList<>();
        rows.add(row(premises.operatingSystem(), timestamps));
        for (AppTemplate application : premises.applications()) {
            rows.add(row(application, timestamps));
        }
        return rows;
    }

    /** Packages of the container's own database. */
    public List<InstalledPackage> packages(String container) {
        return installed(premisesService.open(container));
    }

    /** Packages that are recorded, without a look at the database: {@code --skip-db}. */
    public List<PackageName> recordedPackages(String container) {
        Path file = premisesService.open(container).container().templates().resolve("vzpackages");
        try {
            return Files.exists(file) ? Vzpackages.parse(Files.readString(file)).packages() : List.of();
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Installed packages that no repository of the container's templates offers in any version. */
    public List<InstalledPackage> customPackages(String container, Freshness freshness, Progress progress) {
        Premises premises = premisesService.open(container);
        Set<String> known = new HashSet<>();
        available(premises, freshness, progress).forEach(name -> known.add(name.name() + ":" + name.arch()));
        progress.stage("Getting custom packages");
        List<InstalledPackage> custom = new ArrayList<>(installed(premises));
        custom.removeIf(
                found -> known.contains(found.name().name() + ":" + found.name().arch()));
        return custom;
    }

    /** Packages of which the container's repositories offer a newer version; none means up to date. */
    public List<Outdated> outdated(String container, Freshness freshness, Progress progress) {
        Premises premises = premisesService.open(container);
        List<PackageName> available = available(premises, freshness, progress);
        progress.stage("Checking for updates");
        PackageManager manager = drivers.manager(premises.operatingSystem());
        return Outdated.find(PackageChanges.names(installed(premises)), available, manager::compareVersions);
    }

    /** Packages that are not what is recorded; none where nothing is recorded yet. */
    public List<Deviation> deviations(String container) {
        List<PackageName> recorded = recordedPackages(container);
        return recorded.isEmpty()
                ? List.of()
                : Deviation.between(recorded, PackageChanges.names(installed(premisesService.open(container))));
    }

    /** Groups of which the container has all mandatory packages, and one at least. */
    public List<PackageGroup> groups(String container, Freshness freshness, Progress progress) {
        Premises premises = premisesService.open(container);
        PackageGroup.requireThemIn(premises.operatingSystem().packageManagerType());
        PackageManager manager = drivers.manager(premises.operatingSystem());
        PackageSource source = drivers.source(premises, List.of());
        TemplateLock.refresh(
                premises.operatingSystem(),
                manager,
                source,
                new PackageOptions(freshness, false, false, true),
                progress);
        Set<String> present = new HashSet<>();
        installed(premises).forEach(one -> present.add(one.name().name()));
        List<PackageGroup> groups = new ArrayList<>(manager.groups(source));
        groups.removeIf(group -> !present.containsAll(group.mandatory())
                || (group.mandatory().isEmpty() && group.defaults().stream().noneMatch(present::contains)));
        return groups;
    }

    private List<PackageName> available(Premises premises, Freshness freshness, Progress progress) {
        PackageManager manager = drivers.manager(premises.operatingSystem());
        PackageSource source = drivers.source(premises, List.of());
        var options = new PackageOptions(freshness, false, false, true);
        TemplateLock.refresh(premises.operatingSystem(), manager, source, options, progress);
        return PackageChanges.names(manager.available(source));
    }

    private List<InstalledPackage> installed(Premises premises) {
        ContainerAccess container = premises.container();
        try (var _ = container.mounted()) {
            return drivers.manager(premises.operatingSystem()).installed(container.root());
        }
    }

    private static Row row(Template template, Timestamps timestamps) {
        try {
            return new Row(template, timestamps.read(template.name()));
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot read the time stamp of " + template.name() + ": " + e.getMessage(), e);
        }
    }
}
