package dev.stencil.container.applications;

import dev.stencil.container.applications.PackageJob.Marks;
import dev.stencil.container.applications.PackageJob.Scripts;
import dev.stencil.container.applications.PackageJob.Wish;
import dev.stencil.host.Fault;
import dev.stencil.host.NearNames;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageGroup;
import dev.stencil.packages.PackageMatch;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.Vzpackages;
import dev.stencil.template.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Single packages into, up to date in and out of a container (spec vzpkg 4.7). Templates follow by detection. */
public final class PackageService {
    private final PremisesService premisesService;
    private final PackageDrivers drivers;
    private final PackageOperation operation;
    private final TemplateRecords records;
    private final Clock clock;

    PackageService(
            PremisesService premisesService,
            PackageDrivers drivers,
            PackageOperation operation,
            TemplateRecords records,
            Clock clock) {
        this.premisesService = premisesService;
        this.drivers = drivers;
        this.operation = operation;
        this.records = records;
        this.clock = clock;
    }

    /** {@code install -p}. */
    public PackageChanges install(String container, List<String> names, PackageOptions options, Progress progress) {
        var wish = Wish.always(new PackageRequest.Install(names));
        var job =
                job(open(container, options), command("install -p", names), "Installing packages", wish, Scripts.NONE);
        return operation.run(job, options, progress);
    }

    /**
     * {@code update} and {@code update -p}: everything when {@code names} is empty.
     *
     * @param mayAddAndRemove {@code -e}
     */
    public PackageChanges update(
            String container, List<String> names, boolean mayAddAndRemove, PackageOptions options, Progress progress) {
        Premises premises = open(container, options);
        var scripts = new Scripts(List.of(Script.PRE_UPDATE), List.of(Script.POST_UPDATE), premises.applications());
        var wish = Wish.always(new PackageRequest.Update(names, mayAddAndRemove));
        String verb = names.isEmpty() ? "update" : "update -p";
        var job = job(premises, command(verb, names), "Updating packages", wish, scripts);
        return operation.run(job, options, progress);
    }

    /** {@code remove -p}; a name that is not installed is {@code BAD_VALUE}. */
    public PackageChanges remove(
            String container, List<String> names, boolean withDependants, PackageOptions options, Progress progress) {
        Premises premises = open(container, options);
        PackageMatch match = drivers.match(premises.operatingSystem());
        Wish wish = database -> {
            List<PackageName> installed = database.get();
            requireInstalled(names, installed, match, premises.container());
            return java.util.Optional.of(
                    new PackageRequest.Remove(Removals.words(names, installed, match), withDependants));
        };
        var job = job(premises, command("remove -p", names), "Removing packages", wish, Scripts.NONE);
        return operation.run(job, options, progress);
    }

    /**
     * {@code sync}: brings packages that something inside has changed back to what is recorded, exact versions, older ones
     * too; what was never recorded goes. Nothing happens when nothing has drifted.
     */
    public PackageChanges restore(String container, PackageOptions options, Progress progress) {
        Premises premises = open(container, options);
        List<PackageName> recorded = new Bookkeeping(premises.container(), clock)
                .packagesOr(List.of())
                .packages();
        Wish wish = installed -> {
            List<Deviation> deviations = recorded.isEmpty() ? List.of() : Deviation.between(recorded, installed.get());
            return deviations.isEmpty()
                    ? java.util.Optional.empty()
                    : java.util.Optional.of(new ExactPackages(drivers).request(premises, deviations));
        };
        return operation.run(
                job(premises, "sync", "Restoring recorded packages", wish, Scripts.NONE), options, progress);
    }

    /** What a rollback without snapshots does: exactly {@code packages} are there afterwards. */
    PackageChanges exactly(Premises premises, int undone, List<PackageName> packages, Progress progress) {
        if (premises.container().state() != ContainerAccess.State.RUNNING) {
            throw new StencilException(
                    Fault.CONTAINER_NOT_RUNNING,
                    "No snapshot from before operation " + undone + " of container "
                            + premises.container().id()
                            + " is left, and its former packages can be installed only while it runs. Start it with: vzctl"
                            + " start " + premises.container().id());
        }
        Wish wish = installed -> {
            List<Deviation> deviations = Deviation.between(packages, installed.get());
            return java.util.Optional.of(new ExactPackages(drivers).request(premises, deviations));
        };
        var job = job(premises, "rollback of " + undone, "Installing former packages", wish, Scripts.NONE);
        return operation.run(job, PackageOptions.DEFAULT, progress);
    }

    /** {@code install -g}. */
    public PackageChanges installGroups(
            String container, List<String> groups, PackageOptions options, Progress progress) {
        var wish = Wish.always(new PackageRequest.Install(asWords(groups)));
        return onGroups(container, "install -g", groups, wish, options, progress);
    }

    /** {@code update -g}: what the groups have gained comes as well. */
    public PackageChanges updateGroups(
            String container, List<String> groups, PackageOptions options, Progress progress) {
        var wish = Wish.always(new PackageRequest.Update(asWords(groups), true));
        return onGroups(container, "update -g", groups, wish, options, progress);
    }

    /** {@code remove -g}: every package of the groups, and what needs one. */
    public PackageChanges removeGroups(
            String container, List<String> groups, PackageOptions options, Progress progress) {
        var wish = Wish.always(new PackageRequest.Remove(asWords(groups), true));
        return onGroups(container, "remove -g", groups, wish, options, progress);
    }

    private PackageChanges onGroups(
            String container, String verb, List<String> groups, Wish wish, PackageOptions options, Progress progress) {
        Premises premises = open(container, options);
        PackageGroup.requireThemIn(premises.operatingSystem().packageManagerType());
        var job =
                job(premises, command(verb, groups), "Package groups: " + String.join(" ", groups), wish, Scripts.NONE);
        return operation.run(job, options, progress);
    }

    private static List<String> asWords(List<String> groups) {
        return groups.stream().map(group -> "@" + group).toList();
    }

    /** {@code localinstall} and {@code localupdate}: package files of the host, what they need from the repositories. */
    public PackageChanges installFiles(String container, List<Path> files, PackageOptions options, Progress progress) {
        Premises premises = premisesService.openForChange(container, PremisesService.Need.RUNNING);
        List<Path> absolute = new ArrayList<>();
        for (Path file : files) {
            requireFile(file);
            absolute.add(file.toAbsolutePath().normalize());
        }
        var wish = Wish.always(new PackageRequest.InstallFiles(absolute));
        List<String> words = absolute.stream().map(Path::toString).toList();
        var job = job(premises, command("localinstall", words), "Installing packages", wish, Scripts.NONE);
        return operation.run(job, options, progress);
    }

    /** {@code sync_vzpackages}: records what is really installed, and the templates that this makes. */
    public void synchronize(String nameOrId, PackageOptions options, Progress progress) {
        Premises premises = premisesService.open(nameOrId);
        ContainerAccess container = premises.container();
        try (var _ = options.takeLocks() ? container.lock("updating") : ContainerAccess.Hold.NOTHING;
                var _ = container.mounted()) {
            progress.stage("Synchronizing packages");
            var installed = drivers.manager(premises.operatingSystem()).installed(container.root());
            Vzpackages packages = Vzpackages.of(PackageChanges.names(installed));
            var book = new Bookkeeping(container, clock);
            book.savePackages(packages);
            records.update(premises, Marks.NONE, packages, book);
        }
    }

    private static PackageJob job(Premises premises, String command, String title, Wish wish, Scripts scripts) {
        return new PackageJob(premises, command, title, List.of(), wish, scripts, Marks.NONE);
    }

    private static String command(String verb, List<String> names) {
        return names.isEmpty() ? verb : verb + " " + String.join(" ", names);
    }

    private Premises open(String container, PackageOptions options) {
        return premisesService.openForChange(
                container, options.checkOnly() ? PremisesService.Need.MOUNTED : PremisesService.Need.RUNNING);
    }

    private static void requireInstalled(
            List<String> wanted, List<PackageName> installed, PackageMatch match, ContainerAccess container) {
        List<String> absent = new ArrayList<>(wanted);
        absent.removeIf(name -> match.first(name, installed).isPresent());
        if (!absent.isEmpty()) {
            List<String> names = installed.stream()
                    .map(PackageName::name)
                    .distinct()
                    .sorted()
                    .toList();
            var near = new StringBuilder();
            absent.forEach(name -> near.append(NearNames.question(name, names)));
            throw new StencilException(
                    Fault.BAD_VALUE,
                    "Not installed in container " + container.id() + ": " + String.join(" ", absent) + "." + near
                            + " See what is with: vzpkg list -p " + container.id());
        }
    }

    private static void requireFile(Path file) {
        if (!Files.exists(file)) {
            throw new StencilException(Fault.FILE_NOT_FOUND, "There is no file " + file + ".");
        }
        if (!Files.isRegularFile(file)) {
            throw new StencilException(Fault.BAD_VALUE, file + " is not a package file.");
        }
    }
}
