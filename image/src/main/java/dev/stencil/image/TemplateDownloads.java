package dev.stencil.image;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageManagers;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PackageSources;
import dev.stencil.packages.Repository;
import dev.stencil.packages.Resolution;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.RepositoryKind;
import dev.stencil.template.Template;
import dev.stencil.template.TemplateArea;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings what templates need to this host before somebody asks for it, so that later commands with {@code -C} need no
 * network: package lists, and packages (spec vzpkg 6.8, 8.2 and 8.5).
 */
public final class TemplateDownloads {
    private final TemplateArea templates;
    private final PackageSources sources;
    private final PackageManagers managers;

    public TemplateDownloads(TemplateArea templates, PackageSources sources, PackageManagers managers) {
        this.templates = templates;
        this.sources = sources;
        this.managers = managers;
    }

    /**
     * Brings the package lists of a whole family of templates up to date: those of the base, which must succeed, and of each
     * set and application with repositories of its own, which is passed over when it fails.
     */
    public void refresh(OsTemplate template, Freshness freshness, boolean takeLocks, Progress progress) {
        OsTemplate base = template.base();
        var locks = new CacheLocks(new CacheArea(templates.directory()), takeLocks, progress);
        PackageSource essential = sources.of(base, List.of());
        refresh(base, essential, freshness, locks, progress);
        Map<List<Repository>, PackageSource> others = optional(base, progress);
        others.remove(essential.repositories());
        for (PackageSource source : others.values()) {
            try {
                refresh(base, source, freshness, locks, progress);
            } catch (StencilException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                progress.note("Skipped package lists of "
                        + source.repositories().getFirst().id() + ": " + e.getMessage());
            }
        }
    }

    /** Every other combination of repositories that a listing or one template of the family asks for. */
    private Map<List<Repository>, PackageSource> optional(OsTemplate base, Progress progress) {
        Map<List<Repository>, PackageSource> found = new LinkedHashMap<>();
        List<AppTemplate> own = templates.applications(base).stream()
                .filter(TemplateDownloads::hasRepositories)
                .toList();
        for (OsTemplate set : templates.sets(base)) {
            addUnlessBroken(set, List.of(), found, progress);
        }
        for (AppTemplate application : own) {
            addUnlessBroken(base, List.of(application), found, progress);
        }
        if (!own.isEmpty()) {
            addUnlessBroken(base, templates.applications(base), found, progress);
        }
        return found;
    }

    private void addUnlessBroken(
            OsTemplate template,
            List<AppTemplate> applications,
            Map<List<Repository>, PackageSource> found,
            Progress progress) {
        try {
            PackageSource source = sources.of(template, applications);
            found.putIfAbsent(source.repositories(), source);
        } catch (StencilException e) {
            String name = applications.size() == 1 ? applications.getFirst().name() : template.name();
            progress.note("Skipped package lists of " + name + ": " + e.getMessage());
        }
    }

    private static boolean hasRepositories(Template template) {
        return !template.ownRecords(RepositoryKind.REPOSITORY).isEmpty()
                || !template.ownRecords(RepositoryKind.ZYPP_REPOSITORY).isEmpty()
                || !template.ownRecords(RepositoryKind.MIRROR_LIST).isEmpty();
    }

    private void refresh(
            OsTemplate template, PackageSource source, Freshness freshness, CacheLocks locks, Progress progress) {
        PackageManager manager = managers.of(template.packageManagerType());
        if (!manager.isRefreshDue(source, freshness)) {
            return;
        }
        progress.stage("Processing metadata for " + template.name());
        try (var _ = locks.templateExclusive(template)) {
            manager.refresh(source, freshness, progress);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot lock the templates of " + template.name() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Brings the packages of the templates that {@code request} means into the store. Each template is resolved by itself, so
     * packages of two templates may conflict.
     */
    public FetchResult fetch(FetchRequest request, Progress progress) {
        OsTemplate template = templates.requireOfAnyArchitecture(request.template());
        CacheService.forbidPreCached(template);
        var locks = new CacheLocks(new CacheArea(templates.directory()), request.takeLocks(), progress);
        List<CacheSubject> subjects = subjects(template, request);
        List<FetchResult.Failed> failures = new ArrayList<>();
        List<Planned> plans = new ArrayList<>();
        for (CacheSubject subject : subjects) {
            try {
                plans.add(plan(subject, request, locks, progress));
            } catch (StencilException e) {
                if (!request.goOn() || Thread.currentThread().isInterrupted()) {
                    throw named(subject, e);
                }
                progress.note(shown(subject) + " was not fetched: " + e.getMessage());
                failures.add(new FetchResult.Failed(shown(subject), e));
            }
        }
        if (!request.separately()) {
            progress.stage("Fetching packages");
            Set<PackageFile> files = new LinkedHashSet<>();
            plans.forEach(plan -> files.addAll(plan.resolution().install()));
            fetch(template, sources.of(template, List.of()), List.copyOf(files), locks, progress);
        }
        return new FetchResult(plans.stream().map(Planned::told).toList(), failures);
    }

    /** The named template, its base and all sets, then the applications, as far as they are wanted. */
    private List<CacheSubject> subjects(OsTemplate template, FetchRequest request) {
        OsTemplate base = template.base();
        List<CacheSubject> subjects = new ArrayList<>();
        if (request.systems()) {
            subjects.add(CacheSubject.of(base));
            templates.sets(base).forEach(set -> subjects.add(CacheSubject.of(set)));
        }
        if (request.applications()) {
            for (AppTemplate application : templates.applications(base)) {
                if (!application.packages().isEmpty()) {
                    subjects.add(new CacheSubject(base, List.of(application)));
                }
            }
        }
        return subjects;
    }

    private record Planned(CacheSubject subject, Resolution resolution) {
        FetchResult.Fetched told() {
            return new FetchResult.Fetched(shown(subject), resolution.install().size(), resolution.downloadBytes());
        }
    }

    private Planned plan(CacheSubject subject, FetchRequest request, CacheLocks locks, Progress progress) {
        OsTemplate template = subject.template();
        PackageManager manager = managers.of(template.packageManagerType());
        PackageSource source = sources.of(template, subject.applications());
        refresh(template, source, request.freshness(), locks, progress);
        if (request.separately()) {
            progress.stage("Fetching the template " + shown(subject));
        }
        List<String> names = new ArrayList<>(template.cachePackages());
        subject.applications().forEach(application -> names.addAll(application.packages()));
        Resolution resolution;
        try (var _ = locks.templateShared(template)) {
            resolution = manager.resolve(source, new PackageRequest.Install(names));
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot lock the templates of " + template.name() + ": " + e.getMessage(), e);
        }
        if (request.separately()) {
            fetch(template, source, resolution.install(), locks, progress);
        }
        return new Planned(subject, resolution);
    }

    /** Under the template's lock, so that {@code clean} does not take away what nothing refers to yet. */
    private void fetch(
            OsTemplate template, PackageSource source, List<PackageFile> files, CacheLocks locks, Progress progress) {
        try (var _ = locks.templateShared(template)) {
            managers.of(template.packageManagerType())
                    .fetch(source, new Resolution(files, List.of(), List.of(), List.of()), progress);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot lock the templates of " + template.name() + ": " + e.getMessage(), e);
        }
    }

    private static StencilException named(CacheSubject subject, StencilException e) {
        return new StencilException(e.fault(), shown(subject) + ": " + e.getMessage(), e);
    }

    /** As users say it: the OS template, or the application after it. */
    private static String shown(CacheSubject subject) {
        return subject.applications().isEmpty()
                ? subject.template().name()
                : subject.template().name() + " "
                        + subject.applications().getFirst().name();
    }
}
