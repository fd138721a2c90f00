package dev.stencil.image;

import dev.stencil.host.Arch;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.packages.BuildStage;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageManagers;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PackageSources;
import dev.stencil.packages.Resolution;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes, renews, removes and finds the caches of OS templates. The order of steps is that of spec vzpkg 5.4; a failure or
 * an interrupt at any of them leaves the previous generation in force and nothing half-made visible.
 */
public final class CacheService {
    private final CacheArea area;
    private final TemplateArea templates;
    private final PackageSources sources;
    private final PackageManagers managers;
    private final TemplateScripts scripts;
    private final Clock clock;
    private final LayerStore layers;
    private final GenerationStore generations;
    private final CacheSweep sweep;

    public CacheService(
            TemplateArea templates,
            PackageSources sources,
            PackageManagers managers,
            TemplateScripts scripts,
            LayerUsers users,
            Clock clock) {
        this.area = new CacheArea(templates.directory());
        this.templates = templates;
        this.sources = sources;
        this.managers = managers;
        this.scripts = scripts;
        this.clock = clock;
        this.layers = new LayerStore(area);
        this.generations = new GenerationStore(area, layers);
        this.sweep = new CacheSweep(area, layers, generations, users);
    }

    /** The generation in force of {@code template}; empty when it is not cached. */
    public Optional<Generation> find(OsTemplate template) {
        return find(CacheSubject.of(template));
    }

    /** The generation in force of {@code subject}; empty when it is not cached. */
    public Optional<Generation> find(CacheSubject subject) {
        return generations.current(subject.name());
    }

    /** The generations in force of all templates that are cached, by name. */
    public List<Generation> list() {
        return generations.templates().stream()
                .flatMap(name -> generations.current(name).stream())
                .toList();
    }

    /** Makes the cache unless there is one already. */
    public CacheResult create(CreateCacheRequest request, Progress progress) {
        return finished(progress, () -> {
            OsTemplate template = checked(request.template(), request.force(), request.options());
            return make(CacheSubject.of(template), request.force(), "Creating cache", request.options(), progress);
        });
    }

    /** Makes the cache anew; the present one stays in force until then. */
    public CacheResult update(UpdateCacheRequest request, Progress progress) {
        return finished(progress, () -> {
            OsTemplate template = checked(request.template(), false, request.options());
            return make(CacheSubject.of(template), true, "Updating cache", request.options(), progress);
        });
    }

    /** The generation in force of {@code template}, which is made first when there is none. */
    public Generation require(OsTemplate template, CacheOptions options, Progress progress) {
        Optional<Generation> present = find(template);
        if (present.isPresent()) {
            return present.get();
        }
        create(new CreateCacheRequest(template.name(), false, options), progress);
        return find(template)
                .orElseThrow(() -> new StencilException(
                        Fault.NOT_CACHED, "The cache of " + template.name() + " was removed meanwhile. Try again."));
    }

    /**
     * Makes or, with {@code renew}, renews the caches of all base OS templates of this host's architecture, one after the
     * other. Pre-cached ones are passed over; one that fails does not keep the others from being made (the original stops).
     */
    public AllCachesResult makeAll(boolean renew, CacheOptions options, Progress progress) {
        return finished(progress, () -> {
            List<CacheResult> done = new ArrayList<>();
            List<AllCachesResult.Failed> failures = new ArrayList<>();
            for (OsTemplate base : templates.baseTemplates()) {
                if (base.isPreCached() || !base.arch().runsOn(Arch.ofHost())) {
                    progress.note(base.name() + " is "
                            + (base.isPreCached() ? "pre-cached" : "for another architecture") + ", passed over");
                    continue;
                }
                try {
                    OsTemplate template = checked(base.name(), false, options);
                    String stage = renew ? "Updating cache" : "Creating cache";
                    done.add(make(CacheSubject.of(template), renew, stage, options, progress));
                } catch (StencilException e) {
                    if (Thread.currentThread().isInterrupted()) {
                        throw e;
                    }
                    progress.note("The cache of " + base.name() + " was not made: " + e.getMessage());
                    failures.add(new AllCachesResult.Failed(base.name(), e));
                }
            }
            return new AllCachesResult(done, failures);
        });
    }

    /** Removes the cache; layers that containers stand on stay until those are gone. Nothing there is no error. */
    public RemoveCacheResult remove(RemoveCacheRequest request, Progress progress) {
        return finished(progress, () -> {
            OsTemplate template = templates.requireOfAnyArchitecture(request.template());
            forbidPreCached(template);
            String name = template.name();
            var locks = new CacheLocks(area, request.options().takeLocks(), progress);
            progress.stage("Removing cache");
            try (var _ = locks.cache(name, request.options().lockWait())) {
                List<Path> present = generations.directories(name);
                if (!request.options().checkOnly() && Files.isDirectory(area.cachesOf(name))) {
                    sweep.removeLeftovers(name);
                    sweep.removeAll(name);
                    sweepQuietly(name, progress);
                }
                return new RemoveCacheResult(name, present);
            } catch (IOException e) {
                throw new StencilException(
                        Fault.SYSTEM, "The cache of " + name + " was not removed: " + e.getMessage() + ".", e);
            }
        });
    }

    private OsTemplate checked(String name, boolean anyArchitecture, CacheOptions options) {
        OsTemplate template = anyArchitecture ? templates.requireOfAnyArchitecture(name) : templates.require(name);
        forbidPreCached(template);
        if ((template.cacheTypes() & options.kind().bits()) == 0) {
            throw new StencilException(
                    Fault.TEMPLATE_BROKEN,
                    template.name() + " cannot be cached with " + options.kind().shown() + ": its cache_type is "
                            + template.cacheTypes() + ". Leave the options away or choose another kind.");
        }
        return template;
    }

    private static void forbidPreCached(OsTemplate template) {
        if (template.isPreCached()) {
            throw new StencilException(
                    Fault.PACKAGE_OPERATIONS_FORBIDDEN,
                    template.name()
                            + " is pre-cached: its cache is delivered ready-made and is neither built nor removed "
                            + "here. Its mark is the file no_pkg_actions in " + template.configDirectory()
                            + " or the base template's.");
        }
    }

    private CacheResult make(
            CacheSubject subject, boolean renew, String stage, CacheOptions options, Progress progress) {
        String name = subject.name();
        var locks = new CacheLocks(area, options.takeLocks(), progress);
        try (var _ = locks.cache(name, options.lockWait())) {
            Optional<Generation> present = renew ? Optional.empty() : generations.current(name);
            if (present.isPresent()) {
                return new CacheResult.AlreadyExists(present.get());
            }
            progress.stage(stage);
            if (locks.areTaken()) {
                sweep.removeLeftovers(name);
            }
            CacheResult result = resolveAndBuild(subject, locks, options, progress);
            sweepQuietly(name, progress);
            return result;
        } catch (StencilException e) {
            throw CacheFailure.of(name, area.caches(), e);
        } catch (IOException e) {
            throw CacheFailure.of(name, area.caches(), e);
        }
    }

    private CacheResult resolveAndBuild(CacheSubject subject, CacheLocks locks, CacheOptions options, Progress progress)
            throws IOException {
        long begin = System.nanoTime();
        OsTemplate template = subject.template();
        PackageSource source = sources.of(template, subject.applications());
        PackageManager manager = managers.of(template.packageManagerType());
        if (manager.isRefreshDue(source, options.freshness())) {
            try (var _ = locks.templateExclusive(template)) {
                progress.stage("Processing metadata for " + template.name());
                manager.refresh(source, options.freshness(), progress);
            }
        }
        try (var _ = locks.templateShared(template)) {
            Resolution plan = manager.resolve(source, new PackageRequest.Install(template.cachePackages()));
            if (options.checkOnly()) {
                return new CacheResult.Checked(subject.name(), plan);
            }
            manager.fetch(source, plan, progress);
            var workshop = new LayerWorkshop(area, layers, new ClockNormalisation(), progress);
            var build = new CacheBuild(subject, source, manager, scripts, workshop, clock, progress);
            List<BuildStage> stages = StageCut.of(template, plan.install(), manager.relations(source, plan));
            int number = generations.lastNumber(subject.name()) + 1;
            try (var draft = GenerationDraft.begin(area, layers, subject.name(), number)) {
                build.addLayers(draft, plan, stages, manager.published(source));
                Optional<Generation> same = currentOf(draft.stack(), subject);
                if (same.isPresent()) {
                    return new CacheResult.Unchanged(same.get());
                }
                RootContents contents = build.keepBooks(draft);
                draft.commit();
                return new CacheResult.Built(
                        find(subject).orElseThrow(),
                        contents.packages().size(),
                        contents.extent().sizeBytes(),
                        Duration.ofNanos(System.nanoTime() - begin));
            }
        }
    }

    /** The generation in force, if it consists of these very layers; a damaged one does not. */
    private Optional<Generation> currentOf(List<Layer> stack, CacheSubject subject) {
        try {
            return find(subject).filter(current -> current.layers().equals(stack));
        } catch (StencilException damaged) {
            return Optional.empty();
        }
    }

    /** The cache is ready or gone whether or not this succeeds; what stays is swept by the next run. */
    private void sweepQuietly(String template, Progress progress) {
        try {
            sweep.removeUnused(template);
        } catch (IOException | StencilException e) {
            progress.note("Old layers were kept: " + e.getMessage());
        }
    }

    /** Frees space when everything is done: deleting before building makes ext4 slow. */
    private <T> T finished(Progress progress, Supplier<T> work) {
        T result = work.get();
        try {
            sweep.emptyTrash();
        } catch (IOException e) {
            progress.note("Space was not freed: " + e.getMessage() + "; the next run tries again");
        }
        return result;
    }
}
