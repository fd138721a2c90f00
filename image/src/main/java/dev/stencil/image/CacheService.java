package dev.stencil.image;

import dev.stencil.host.Arch;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.layer.LayerUsers;
import dev.stencil.image.lock.LockMaker;
import dev.stencil.image.lock.LockMode;
import dev.stencil.image.lock.LockService;
import dev.stencil.image.lock.LockedPlan;
import dev.stencil.packages.Choice;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageManagers;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PackageSources;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.lock.Lock;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes, renews, removes and finds the caches of OS templates. The order of steps is that of spec vzpkg 5.4; a failure or
 * an interrupt at any of them leaves the previous generation in force and nothing half-made visible.
 */
public final class CacheService {
    private final TemplateArea templates;
    private final LockService locksOfTemplates;
    private final CacheTools tools;
    private final CacheFrame frame;

    public CacheService(
            TemplateArea templates,
            PackageSources sources,
            PackageManagers managers,
            TemplateScripts scripts,
            LayerUsers users,
            LockService locks,
            Clock clock) {
        this(templates, sources, managers, scripts, users, locks, ApplicationDetector.NONE, clock);
    }

    /** As the other; {@code detector} knows which applications a system has by its packages. */
    public CacheService(
            TemplateArea templates,
            PackageSources sources,
            PackageManagers managers,
            TemplateScripts scripts,
            LayerUsers users,
            LockService locks,
            ApplicationDetector detector,
            Clock clock) {
        var area = new CacheArea(templates.directory());
        var layers = new LayerStore(area);
        var generations = new GenerationStore(area, layers);
        this.templates = templates;
        this.locksOfTemplates = locks;
        this.tools = new CacheTools(area, layers, generations, sources, managers, scripts, clock);
        this.frame = new CacheFrame(
                tools, new GenerationBooks(detector, clock), new CacheSweep(area, layers, generations, users));
    }

    /** The caches with applications, which stand on those made here. */
    public AppcacheService applications() {
        return new AppcacheService(this, frame, tools, locksOfTemplates);
    }

    /** The generation in force of {@code template}; empty when it is not cached. */
    public Optional<Generation> find(OsTemplate template) {
        return find(CacheSubject.of(template));
    }

    /** The generation in force of {@code subject}; empty when it is not cached. */
    public Optional<Generation> find(CacheSubject subject) {
        return frame.find(subject);
    }

    /** The generations in force of all templates that are cached, by name. */
    public List<Generation> list() {
        return tools.generations().templates().stream()
                .flatMap(name -> tools.generations().current(name).stream())
                .toList();
    }

    /** Makes the cache unless there is one already. */
    public CacheResult create(CreateCacheRequest request, Progress progress) {
        return frame.finished(progress, () -> {
            OsTemplate template = checked(request.template(), request.force(), request.options());
            return make(CacheSubject.of(template), request.force(), "Creating cache", request.options(), progress);
        });
    }

    /** Makes the cache anew; the present one stays in force until then. */
    public CacheResult update(UpdateCacheRequest request, Progress progress) {
        return frame.finished(progress, () -> {
            OsTemplate template = checked(request.template(), false, request.options());
            return make(CacheSubject.of(template), true, "Updating cache", request.options(), progress);
        });
    }

    /**
     * Brings in what is newer, upon the present cache: only that is fetched and installed, as one more layer. Without a
     * cache, or when its layers have become too many, it is made anew. Source: spec vzpkg 5.7.
     */
    public CacheResult updateInPlace(UpdateCacheRequest request, Progress progress) {
        return frame.finished(progress, () -> {
            OsTemplate template = checked(request.template(), false, request.options());
            return updateOrRenew(CacheSubject.of(template), request.options(), progress);
        });
    }

    private CacheResult updateOrRenew(CacheSubject subject, CacheOptions options, Progress progress) {
        if (options.locking() == LockMode.RELOCK
                || locksOfTemplates.toUse(subject, options, progress).isPresent()) {
            progress.note("The cache of " + subject.name() + " is made from a lock, not updated in place");
            return make(subject, true, "Updating cache", options, progress);
        }
        return new StackUpdate(frame, tools)
                .run(subject, options, progress)
                .orElseGet(() -> make(subject, true, "Updating cache", options, progress));
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
        String stage = renew ? "Updating cache" : "Creating cache";
        return ofAll(options, progress, subject -> make(subject, renew, stage, options, progress));
    }

    /** As {@link #updateInPlace}, of all base OS templates that {@link #makeAll} makes. */
    public AllCachesResult updateAllInPlace(CacheOptions options, Progress progress) {
        return ofAll(options, progress, subject -> updateOrRenew(subject, options, progress));
    }

    private AllCachesResult ofAll(CacheOptions options, Progress progress, Function<CacheSubject, CacheResult> maker) {
        return frame.finished(progress, () -> {
            List<CacheResult> done = new ArrayList<>();
            List<AllCachesResult.Failed> failures = new ArrayList<>();
            for (OsTemplate base : templates.baseTemplates()) {
                if (base.isPreCached() || !base.arch().runsOn(Arch.ofHost())) {
                    progress.note(base.name() + " is "
                            + (base.isPreCached() ? "pre-cached" : "for another architecture") + ", passed over");
                    continue;
                }
                try {
                    done.add(maker.apply(CacheSubject.of(checked(base.name(), false, options))));
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
        OsTemplate template = templates.requireOfAnyArchitecture(request.template());
        forbidPreCached(template);
        return frame.remove(template.name(), request.options(), progress);
    }

    /**
     * Removes every cache that stands on {@code template}, with applications or without; of a base those of its sets too. Unlike
     * {@link #remove} also ready-made ones: the template itself goes.
     */
    public void removeAllOf(OsTemplate template, CacheOptions options, Progress progress) {
        List<OsTemplate> gone = new ArrayList<>(List.of(template));
        if (template.isBase()) {
            gone.addAll(templates.sets(template));
        }
        var applications = new CachedApplications(tools.area(), tools.generations());
        for (String name : tools.generations().templates()) {
            String os = ApplicationList.isNamed(name) ? ApplicationList.templateOf(name) : name;
            if (gone.stream().anyMatch(one -> one.name().equals(os))) {
                frame.remove(name, options, progress);
                applications.forget(name);
            }
        }
    }

    private OsTemplate checked(String name, boolean anyArchitecture, CacheOptions options) {
        OsTemplate template = anyArchitecture ? templates.requireOfAnyArchitecture(name) : templates.require(name);
        requireCacheable(template, options);
        return template;
    }

    static void requireCacheable(OsTemplate template, CacheOptions options) {
        forbidPreCached(template);
        if ((template.cacheTypes() & options.kind().bits()) == 0) {
            throw new StencilException(
                    Fault.TEMPLATE_BROKEN,
                    template.name() + " cannot be cached with " + options.kind().shown() + ": its cache_type is "
                            + template.cacheTypes() + ". Leave the options away or choose another kind.");
        }
    }

    static void forbidPreCached(OsTemplate template) {
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
        return frame.locked(subject, options, progress, locks -> {
            Optional<Generation> present = renew ? Optional.empty() : find(subject);
            if (present.isPresent()) {
                return new CacheResult.AlreadyExists(present.get());
            }
            progress.stage(stage);
            return resolveAndBuild(subject, locks, options, progress);
        });
    }

    private CacheResult resolveAndBuild(CacheSubject subject, CacheLocks locks, CacheOptions options, Progress progress)
            throws IOException {
        long begin = System.nanoTime();
        OsTemplate template = subject.template();
        PackageSource source = tools.sources().of(template, subject.applications());
        PackageManager manager = tools.managers().of(template.packageManagerType());
        Optional<Lock> given = locksOfTemplates.toUse(subject, options, progress);
        if (given.isEmpty()) {
            frame.refresh(subject, locks, options, progress);
        }
        try (var _ = locks.templateShared(template)) {
            LockedPlan locked = LockedPlan.of(given.orElseGet(() -> newLock(subject, source, manager)), source);
            Resolution plan = locked.resolution();
            if (options.checkOnly()) {
                return new CacheResult.Checked(subject.name(), plan);
            }
            manager.fetch(source, plan, progress);
            if (given.isPresent()) {
                LockService.requireClosed(locked, source, manager);
            }
            var build = new LockedBuild(tools, subject, locked, progress);
            int number = tools.generations().lastNumber(subject.name()) + 1;
            try (var draft = GenerationDraft.begin(tools.area(), tools.layers(), subject.name(), number)) {
                build.addLayers(draft);
                return frame.commit(draft, subject, begin, progress);
            }
        }
    }

    /** What the package manager takes now, written down: builds without a lock go the same way as those with one. */
    private Lock newLock(CacheSubject subject, PackageSource source, PackageManager manager) {
        Choice chosen = manager.choose(
                source, new PackageRequest.Install(subject.template().cachePackages()));
        return new LockMaker(source, manager, tools.clock()).make(subject, chosen);
    }
}
