package dev.stencil.image.lock;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.CacheLocks;
import dev.stencil.image.CacheOptions;
import dev.stencil.image.CacheSubject;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.linux.FileLock;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.Choice;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageManagers;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PackageSources;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockClosure;
import dev.stencil.packages.lock.LockedRepository;
import dev.stencil.packages.lock.LockedTemplate;
import dev.stencil.packages.lock.Provenance;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes locks of templates, renews them, and finds the one that a cache is made from. Source: spec conary 9; choices in
 * decision 0062.
 */
public final class LockService {
    private static final LockedRepository.State NOTHING_KNOWN =
            new LockedRepository.State(Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    private static final Duration WRITER_WAIT = Duration.ofMinutes(10);

    private final TemplateArea templates;
    private final PackageSources sources;
    private final PackageManagers managers;
    private final LockChoice choice;
    private final Clock clock;

    public LockService(
            TemplateArea templates,
            PackageSources sources,
            PackageManagers managers,
            LockPolicy policy,
            ProgramRunner host,
            Clock clock) {
        this.templates = templates;
        this.sources = sources;
        this.managers = managers;
        this.choice = new LockChoice(policy, new LockSignature(policy.keyring(), host));
        this.clock = clock;
    }

    /** Makes or renews a lock and keeps it beside the template; nothing is written when nothing changed. */
    public LockResult lock(LockRequest request, Progress progress) {
        CacheSubject subject = subject(request.template(), request.applications());
        LockStore store = LockStore.of(subject.template(), subject.applications());
        try (FileLock _ = store.writerLock(WRITER_WAIT)) {
            Optional<Lock> previous = store.newest();
            Lock made = withClock(made(subject, request, previous, progress), request.clock());
            if (previous.isPresent()
                    && isSame(previous.get(), made, request.clock().isPresent())) {
                return new LockResult.Unchanged(previous.get(), store.file());
            }
            Lock next = made.with(new Provenance(
                    store.nextRevision(),
                    previous.map(Lock::id),
                    clock.instant(),
                    made.provenance().createdBy()));
            store.save(next);
            return new LockResult.Written(next, previous, store.file());
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "The lock of " + store.name() + " was not made: " + e.getMessage(), e);
        }
    }

    /**
     * The lock as it would be made now, with the one there is; nothing is written.
     *
     * @throws StencilException {@code LOCK_REQUIRED} when there is none
     */
    public LockCheck check(String template, List<String> applications, Freshness freshness, Progress progress) {
        CacheSubject subject = subject(template, applications);
        LockStore store = LockStore.of(subject.template(), subject.applications());
        Lock present = store.newest().orElseThrow(() -> absent(store));
        return new LockCheck(present, anew(subject, freshness, progress));
    }

    /** What {@code template} with {@code applications} is called by; unknown names throw. */
    public CacheSubject subject(String template, List<String> applications) {
        OsTemplate os = templates.requireOfAnyArchitecture(template);
        List<AppTemplate> apps = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>(applications);
        seen.forEach(name -> apps.add(templates.requireApplication(os, name)));
        return new CacheSubject(os, apps);
    }

    /** What {@code lock} is of, its applications in the order in which it has them installed. */
    public CacheSubject subject(Lock lock) {
        return subject(lock.template().name(), lock.template().apps());
    }

    /** The newest lock of {@code subject}; {@code LOCK_REQUIRED} when there is none. */
    public Lock require(CacheSubject subject) {
        LockStore store = LockStore.of(subject.template(), subject.applications());
        return store.newest().orElseThrow(() -> absent(store));
    }

    private static StencilException absent(LockStore store) {
        return new StencilException(
                Fault.LOCK_REQUIRED,
                store.name() + " has no lock, there is no " + store.file() + ". Make one: vzpkg lock.");
    }

    /**
     * The lock that a cache of {@code subject} is to be made from; empty when the newest packages are to be taken. With
     * {@link LockMode#RELOCK} it is made now, but not where something is only checked.
     *
     * @throws StencilException {@code LOCK_REQUIRED}, {@code LOCK_DAMAGED}, {@code STALE} when files of the template have
     *     changed since the lock was made
     */
    public Optional<Lock> toUse(CacheSubject subject, CacheOptions options, Progress progress) {
        if (options.locking() != LockMode.RELOCK) {
            return choice.of(subject, options.locking());
        }
        if (options.checkOnly()) {
            return Optional.empty();
        }
        List<String> applications =
                subject.applications().stream().map(AppTemplate::name).toList();
        var anew = new LockRequest.Scope.Anew();
        String template = subject.template().name();
        var request = new LockRequest(template, applications, anew, Optional.empty(), options.freshness());
        return Optional.of(lock(request, progress).lock());
    }

    /**
     * The lock that a cache with the applications of {@code subject} is to be made from; empty when no lock names them all,
     * for then they are chosen upon the OS template's cache. Throws as {@link #toUse}.
     */
    public Optional<Lock> toUseWithApplications(CacheSubject subject, CacheOptions options, Progress progress) {
        return choice.hasOwn(subject) ? toUse(subject, options, progress) : Optional.empty();
    }

    /** The lock that an existing system of {@code subject} is to follow; throws as {@link #toUse}. */
    public Optional<Lock> toFollow(CacheSubject subject, LockMode mode) {
        return choice.toFollow(subject, mode);
    }

    /**
     * Looks at a lock: it is whole and signed as this host demands, its packages are enough for each other as far as they are
     * here, and, with {@code online}, all of its files can still be had.
     *
     * @throws StencilException {@code LOCK_DAMAGED}, {@code LOCK_NOT_CLOSED}
     */
    public LockVerification verify(NamedLock named, boolean online) {
        choice.requireSigned(named.file());
        Lock lock = named.lock();
        CacheSubject subject = subject(lock);
        PackageSource source = sources.of(subject.template(), subject.applications());
        PackageManager manager = managers.of(subject.template().packageManagerType());
        LockedPlan plan = LockedPlan.of(lock, source);
        boolean isHere = manager.isFetched(plan.resolution());
        if (isHere) {
            requireClosed(plan, source, manager);
        }
        return new LockVerification(
                lock,
                LockChoice.changedInputs(subject, lock),
                online ? manager.unavailable(source, plan.resolution()) : List.of(),
                isHere,
                online);
    }

    /** Points {@code channel} at a revision, which hosts with {@code LOCK_CHANNEL} use from now on. */
    public Lock promote(CacheSubject subject, long revision, String channel) {
        LockStore store = LockStore.of(subject.template(), subject.applications());
        try (FileLock _ = store.writerLock(WRITER_WAIT)) {
            Lock lock = store.revision(revision);
            store.promote(channel, lock);
            return lock;
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "r" + revision + " of " + store.name() + " was not promoted: " + e.getMessage(), e);
        }
    }

    /** Before anything is installed: the fetched packages of {@code plan} are enough for each other. */
    public static void requireClosed(LockedPlan plan, PackageSource source, PackageManager manager) {
        LockClosure.require(plan.lock(), manager.fetchedRelations(source, plan.resolution()));
    }

    private Lock made(CacheSubject subject, LockRequest request, Optional<Lock> previous, Progress progress) {
        return switch (request.scope()) {
            case LockRequest.Scope.Anew() -> anew(subject, request.freshness(), progress);
            case LockRequest.Scope.Update update -> {
                Lock present =
                        previous.orElseThrow(() -> absent(LockStore.of(subject.template(), subject.applications())));
                yield update.isEverything()
                        ? anew(subject, request.freshness(), progress)
                        : updated(subject, present, update, request.freshness(), progress);
            }
        };
    }

    private Lock anew(CacheSubject subject, Freshness freshness, Progress progress) {
        PackageSource source = sources.of(subject.template(), subject.applications());
        PackageManager manager = managers.of(subject.template().packageManagerType());
        return withLists(subject.template(), source, freshness, progress, () -> {
            Choice choice = manager.choose(source, new PackageRequest.Install(names(subject)));
            Lock lock = new LockMaker(source, manager, clock).make(subject, choice);
            LockClosure.require(lock, choice.relations());
            return lock;
        });
    }

    private Lock updated(
            CacheSubject subject,
            Lock present,
            LockRequest.Scope.Update update,
            Freshness freshness,
            Progress progress) {
        PackageSource source = sources.of(subject.template(), subject.applications());
        PackageManager manager = managers.of(subject.template().packageManagerType());
        return withLists(
                subject.template(), source, freshness, progress, () -> new LockUpdate(source, manager, clock, progress)
                        .of(subject, present, update));
    }

    /** Everything that a system of {@code subject} is to have, each name once, in the order of the lists. */
    static List<String> names(CacheSubject subject) {
        Set<String> names = new LinkedHashSet<>(subject.template().cachePackages());
        subject.applications().forEach(application -> names.addAll(application.packages()));
        return List.copyOf(names);
    }

    private <T> T withLists(
            OsTemplate template, PackageSource source, Freshness freshness, Progress progress, Supplier<T> work) {
        PackageManager manager = managers.of(template.packageManagerType());
        var locks = new CacheLocks(new CacheArea(templates.directory()), true, progress);
        try {
            if (manager.isRefreshDue(source, freshness)) {
                try (var _ = locks.templateExclusive(template)) {
                    progress.stage("Processing metadata for " + template.name());
                    manager.refresh(source, freshness, progress);
                }
            }
            try (var _ = locks.templateShared(template)) {
                return work.get();
            }
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot read the package lists of " + template.name() + ": " + e.getMessage(), e);
        }
    }

    private static Lock withClock(Lock lock, Optional<Instant> wanted) {
        if (wanted.isEmpty()) {
            return lock;
        }
        LockedTemplate old = lock.template();
        var template = new LockedTemplate(
                old.name(),
                old.set(),
                old.arch(),
                old.apps(),
                old.build(),
                old.flavor(),
                old.manager(),
                wanted.get().getEpochSecond());
        return new Lock(
                template, lock.inputs(), lock.repositories(), lock.images(), lock.packages(), lock.provenance());
    }

    /**
     * Whether a system of one would be a system of the other. That repositories were published again with the same packages
     * is no change, nor is the clock that follows from them (decision 0062).
     */
    static boolean isSame(Lock present, Lock made, boolean isClockGiven) {
        LockedTemplate old = present.template();
        Lock likeBefore = withClock(made, Optional.of(Instant.ofEpochSecond(old.clock())));
        boolean isClockSame = !isClockGiven || old.clock() == made.template().clock();
        return isClockSame
                && likeBefore.template().equals(old)
                && made.inputs().equals(present.inputs())
                && made.images().equals(present.images())
                && made.packages().equals(present.packages())
                && withoutState(made).equals(withoutState(present));
    }

    private static List<LockedRepository> withoutState(Lock lock) {
        return lock.repositories().stream()
                .map(one -> new LockedRepository(one.id(), one.type(), one.url(), one.part(), NOTHING_KNOWN))
                .toList();
    }
}
