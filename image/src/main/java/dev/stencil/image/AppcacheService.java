package dev.stencil.image;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.lock.LockService;
import dev.stencil.image.lock.LockedPlan;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.lock.Lock;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Caches with applications: the layers of the OS template's cache and one more, in which the applications were really
 * installed. Source: spec vzpkg 5.9. A lock of the template with these applications says what all of them consist of. A
 * failure leaves what there was before.
 */
public final class AppcacheService {
    private final CacheService caches;
    private final CacheFrame frame;
    private final CacheTools tools;
    private final LockService locksOfTemplates;
    private final CachedApplications records;

    AppcacheService(CacheService caches, CacheFrame frame, CacheTools tools, LockService locksOfTemplates) {
        this.locksOfTemplates = locksOfTemplates;
        this.caches = caches;
        this.frame = frame;
        this.tools = tools;
        this.records = new CachedApplications(tools.area(), tools.generations());
    }

    /** Makes the cache unless there is one already and no {@code force}, and first that of the OS template if need be. */
    public CacheResult create(AppcacheSelection selection, boolean force, CacheOptions options, Progress progress) {
        return frame.finished(progress, () -> {
            CacheSubject subject = checked(selection, options);
            return make(subject, force, "Creating cache", options, progress);
        });
    }

    /** Makes the cache anew upon the present cache of the OS template. */
    public CacheResult update(AppcacheSelection selection, CacheOptions options, Progress progress) {
        return frame.finished(progress, () -> {
            CacheSubject subject = checked(selection, options);
            return make(subject, true, "Updating cache", options, progress);
        });
    }

    /** Brings in what is newer, upon the present cache, which must be there: {@code NOT_CACHED}. */
    public CacheResult updateInPlace(AppcacheSelection selection, CacheOptions options, Progress progress) {
        return frame.finished(progress, () -> {
            CacheSubject subject = checked(selection, options);
            if (frame.find(subject).isEmpty()) {
                throw new StencilException(
                        Fault.NOT_CACHED,
                        subject.template().name() + " with "
                                + String.join(
                                        " ",
                                        subject.applications().stream()
                                                .map(AppTemplate::name)
                                                .toList())
                                + " is not cached, so there is nothing to update. Leave --update-cache away to make it.");
            }
            if (lock(subject, options, progress).isPresent()) {
                progress.note("The cache of " + subject.name() + " is made from a lock, not updated in place");
                return make(subject, true, "Updating cache", options, progress);
            }
            return new StackUpdate(frame, tools)
                    .run(subject, options, progress)
                    .orElseGet(() -> make(subject, true, "Updating cache", options, progress));
        });
    }

    /** Removes the cache; layers that containers stand on stay until those are gone. Nothing there is no error. */
    public RemoveCacheResult remove(AppcacheSelection selection, CacheOptions options, Progress progress) {
        CacheService.forbidPreCached(selection.template());
        CacheSubject subject = selection.requireApplications().subject();
        RemoveCacheResult result = frame.remove(subject.name(), options, progress);
        if (!options.checkOnly()) {
            records.forget(subject.name());
        }
        return result;
    }

    private static CacheSubject checked(AppcacheSelection selection, CacheOptions options) {
        CacheService.requireCacheable(selection.template(), options);
        return selection.requireApplications().subject();
    }

    private CacheResult make(
            CacheSubject subject, boolean renew, String stage, CacheOptions options, Progress progress) {
        return frame.locked(subject, options, progress, locks -> {
            Optional<Generation> present = renew ? Optional.empty() : frame.find(subject);
            if (present.isPresent()) {
                return new CacheResult.AlreadyExists(present.get());
            }
            Optional<Lock> given = lock(subject, options, progress);
            if (given.isPresent()) {
                progress.stage(stage);
                return buildLocked(given.get(), locks, options, progress);
            }
            if (options.checkOnly() && caches.find(subject.template()).isEmpty()) {
                return checkAll(subject, locks, options, progress);
            }
            caches.require(subject.template(), options, progress);
            progress.stage(stage);
            return build(subject, locks, options, progress);
        });
    }

    private Optional<Lock> lock(CacheSubject subject, CacheOptions options, Progress progress) {
        return locksOfTemplates.toUseWithApplications(subject, options, progress);
    }

    private CacheResult buildLocked(Lock lock, CacheLocks locks, CacheOptions options, Progress progress)
            throws IOException {
        long begin = System.nanoTime();
        CacheSubject subject = locksOfTemplates.subject(lock);
        PackageSource source = tools.sources().of(subject.template(), subject.applications());
        PackageManager manager = tools.managers().of(subject.template().packageManagerType());
        try (var _ = locks.templateShared(subject.template())) {
            LockedPlan plan = LockedPlan.of(lock, source);
            if (options.checkOnly()) {
                return new CacheResult.Checked(subject.name(), plan.resolution());
            }
            manager.fetch(source, plan.resolution(), progress);
            LockService.requireClosed(plan, source, manager);
            int number = tools.generations().lastNumber(subject.name()) + 1;
            try (var draft = GenerationDraft.begin(tools.area(), tools.layers(), subject.name(), number)) {
                new LockedBuild(tools, subject, plan, progress).addLayers(draft);
                CacheResult result = frame.commit(draft, subject, begin, progress);
                records.record(subject);
                return result;
            }
        }
    }

    /** Where there is nothing yet to put the applications upon, the plan is one of everything. */
    private CacheResult checkAll(CacheSubject subject, CacheLocks locks, CacheOptions options, Progress progress)
            throws IOException {
        OsTemplate template = subject.template();
        frame.refresh(subject, locks, options, progress);
        Set<String> names = new LinkedHashSet<>(template.cachePackages());
        subject.applications().forEach(application -> names.addAll(application.packages()));
        try (var _ = locks.templateShared(template)) {
            Resolution plan = tools.managers()
                    .of(template.packageManagerType())
                    .resolve(
                            tools.sources().of(template, subject.applications()),
                            new PackageRequest.Install(List.copyOf(names)));
            return new CacheResult.Checked(subject.name(), plan);
        }
    }

    private CacheResult build(CacheSubject subject, CacheLocks locks, CacheOptions options, Progress progress)
            throws IOException {
        long begin = System.nanoTime();
        OsTemplate template = subject.template();
        frame.refresh(subject, locks, options, progress);
        try (var _ = locks.templateShared(template)) {
            var build = new StackedBuild(tools, subject, StackChange.install(subject.applications()), progress);
            try (GenerationDraft draft = build.begin(() -> caches.require(template, options, progress))) {
                Resolution plan = build.plan(draft);
                if (options.checkOnly()) {
                    return new CacheResult.CheckedChange(subject.name(), plan);
                }
                build.addLayer(draft, plan);
                CacheResult result = frame.commit(draft, subject, begin, progress);
                records.record(subject);
                return result;
            }
        }
    }
}
