package dev.stencil.container.applications;

import dev.stencil.container.applications.PackageJob.Marks;
import dev.stencil.container.applications.PackageJob.Scripts;
import dev.stencil.container.applications.PackageJob.Wish;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageMatch;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRequest;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.Script;
import dev.stencil.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Application templates into, up to date in and out of a running container (spec vzpkg 7). */
public final class ApplicationService {
    private final PremisesService premisesService;
    private final PackageDrivers drivers;
    private final PackageOperation operation;

    ApplicationService(PremisesService premisesService, PackageDrivers drivers, PackageOperation operation) {
        this.premisesService = premisesService;
        this.drivers = drivers;
        this.operation = operation;
    }

    /**
     * Installs the packages of all named templates in one go, between their scripts.
     *
     * @throws StencilException {@code APPLICATION_UNKNOWN}, {@code APPLICATION_INSTALLED} unless forced, and what
     *     package work throws
     */
    public PackageChanges install(String container, List<String> names, PackageOptions options, Progress progress) {
        Premises premises = premisesService.openForChange(container, PremisesService.Need.RUNNING);
        List<String> wanted = new ArrayList<>(names);
        wanted.removeIf(name -> premisesService.isOperatingSystem(premises, name));
        List<AppTemplate> applications = premisesService.applications(premises, wanted);
        requireAbsent(premises, applications, options);
        List<String> packages = Premises.packages(applications);
        var job = new PackageJob(
                premises,
                command("install", wanted),
                "Installing application templates: " + named(applications),
                applications,
                packages.isEmpty() ? nothing() : Wish.always(new PackageRequest.Install(packages)),
                new Scripts(
                        List.of(Script.PRE_INSTALL_HN, Script.PRE_INSTALL),
                        List.of(Script.POST_INSTALL_HN, Script.POST_INSTALL),
                        applications),
                new Marks(applications, List.of()));
        return operation.run(job, options, progress);
    }

    /**
     * Brings the packages of the named templates up to date and adds those their lists have gained; the container's OS
     * template may be named as well. No name means all of them.
     */
    public PackageChanges update(String container, List<String> names, PackageOptions options, Progress progress) {
        Premises premises = premisesService.openForChange(container, PremisesService.Need.RUNNING);
        List<AppTemplate> applications = new ArrayList<>();
        boolean operatingSystem = names.isEmpty();
        if (names.isEmpty()) {
            applications.addAll(premises.applications());
        } else {
            List<String> wanted = new ArrayList<>(names);
            operatingSystem = wanted.removeIf(name -> premisesService.isOperatingSystem(premises, name));
            applications.addAll(premisesService.applications(premises, wanted));
        }
        requirePresent(premises, applications, options);
        var packages = new LinkedHashSet<>(Premises.packages(applications));
        List<Template> templates = new ArrayList<>(applications);
        if (operatingSystem) {
            packages.addAll(ownPackages(premises.operatingSystem()));
            templates.add(premises.operatingSystem());
        }
        var job = new PackageJob(
                premises,
                command("update -t", names),
                "Updating application templates: " + named(templates),
                applications,
                packages.isEmpty() ? nothing() : Wish.always(new PackageRequest.Install(List.copyOf(packages))),
                new Scripts(List.of(Script.PRE_UPDATE), List.of(Script.POST_UPDATE), templates),
                Marks.NONE);
        return operation.run(job, options, progress);
    }

    /**
     * Removes the packages of the named templates that neither the OS template nor a remaining application lists. Packages
     * that came only as dependencies stay.
     *
     * @param withDependants {@code -w}: packages that need a removed one go too, and no other template protects anything;
     *     else {@code PACKAGE_MANAGER} when something needs them
     */
    public PackageChanges remove(
            String container, List<String> names, boolean withDependants, PackageOptions options, Progress progress) {
        Premises premises = premisesService.openForChange(container, PremisesService.Need.RUNNING);
        List<AppTemplate> applications = premisesService.applications(premises, names);
        requirePresent(premises, applications, options);
        var job = new PackageJob(
                premises,
                command("remove", names),
                "Removing application templates: " + named(applications),
                applications,
                installed -> removal(premises, applications, withDependants, installed.get()),
                new Scripts(List.of(Script.PRE_REMOVE), List.of(Script.POST_REMOVE), applications),
                new Marks(List.of(), applications));
        return operation.run(job, options, progress);
    }

    private Optional<PackageRequest> removal(
            Premises premises, List<AppTemplate> removed, boolean withDependants, List<PackageName> installed) {
        PackageMatch match = drivers.match(premises.operatingSystem());
        List<PackageName> candidates = new ArrayList<>(installed);
        if (!withDependants) {
            List<AppTemplate> remaining = new ArrayList<>(premises.applications());
            remaining.removeIf(application ->
                    removed.stream().anyMatch(other -> other.name().equals(application.name())));
            var keep = new LinkedHashSet<>(premises.operatingSystem().cachePackages());
            keep.addAll(Premises.packages(remaining));
            candidates.removeIf(name -> keep.stream().anyMatch(word -> match.matches(word, name)));
        }
        List<String> going = Removals.words(Premises.packages(removed), candidates, match);
        return going.isEmpty() ? Optional.empty() : Optional.of(new PackageRequest.Remove(going, withDependants));
    }

    /** Its own stage and main lists; a set does not update what only its base's lists name (spec vzpkg 7.2). */
    private static List<String> ownPackages(OsTemplate template) {
        List<String> words = new ArrayList<>();
        template.ownStage0().forEach(line -> words.addAll(List.of(line.split("\\s+"))));
        words.addAll(template.ownStage1());
        words.addAll(template.packages());
        return words;
    }

    private static void requireAbsent(Premises premises, List<AppTemplate> applications, PackageOptions options) {
        List<AppTemplate> present = new ArrayList<>(applications);
        present.removeIf(application -> !premises.hasApplication(application.name()));
        if (!present.isEmpty() && !options.force()) {
            throw new StencilException(
                    Fault.APPLICATION_INSTALLED,
                    "Already installed in container " + premises.container().id() + ": " + named(present)
                            + ". Pass --force to install again.");
        }
    }

    private static void requirePresent(Premises premises, List<AppTemplate> applications, PackageOptions options) {
        List<AppTemplate> absent = new ArrayList<>(applications);
        absent.removeIf(application -> premises.hasApplication(application.name()));
        if (!absent.isEmpty() && !options.force()) {
            throw new StencilException(
                    Fault.APPLICATION_NOT_INSTALLED,
                    "Not installed in container " + premises.container().id() + ": " + named(absent)
                            + ". See what is with: vzpkg list "
                            + premises.container().id());
        }
    }

    private static String command(String verb, List<String> names) {
        return names.isEmpty() ? verb : verb + " " + String.join(" ", names);
    }

    private static Wish nothing() {
        return installed -> Optional.empty();
    }

    private static String named(List<? extends Template> templates) {
        return String.join(" ", templates.stream().map(Template::name).toList());
    }
}
