package dev.stencil.image.lock;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.CacheSubject;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageRelations;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Revision;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockClosure;
import dev.stencil.packages.lock.LockWhy;
import dev.stencil.packages.lock.LockedPackage;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Renews part of a lock: named packages get their newest versions, and what they force comes, changes or goes; everything
 * else stays as it is locked. What the lists ask for since then comes in, what nobody asks for any more goes.
 */
final class LockUpdate {
    private final PackageSource source;
    private final PackageManager manager;
    private final Clock clock;
    private final Progress progress;

    LockUpdate(PackageSource source, PackageManager manager, Clock clock, Progress progress) {
        this.source = source;
        this.manager = manager;
        this.clock = clock;
        this.progress = progress;
    }

    /** A lock without revision; callers hold the template lock shared. */
    Lock of(CacheSubject subject, Lock present, LockRequest.Scope.Update update) {
        requireMembers(present, update.packages());
        List<String> lists = LockService.names(subject);
        Resolution before = LockedPlan.of(present, source).resolution();
        Resolution after =
                manager.revise(source, before, new Revision(update.packages(), lists, update.securityOnly()), progress);
        requireAsked(subject, after, lists);
        var offers = new KeptOffers(source, manager);
        var maker = new LockMaker(source, manager, clock);
        Lock lock = maker.make(subject, after, offers.of(present, after));
        for (Set<String> idle = idle(lock); !idle.isEmpty(); idle = idle(lock)) {
            after = without(after, idle);
            lock = maker.make(subject, after, offers.of(present, after));
        }
        LockClosure.require(lock, manager.relations(source, after));
        return lock;
    }

    private static void requireMembers(Lock present, List<String> names) {
        for (String name : names) {
            if (LockWhy.of(present, name).isEmpty()) {
                throw new StencilException(
                        Fault.PACKAGE_MANAGER,
                        name + " is not in the lock r" + present.provenance().revision() + " of "
                                + present.template().name()
                                + ". To add a package, write it into a list of the template and lock again.");
            }
        }
    }

    private void requireAsked(CacheSubject subject, Resolution after, List<String> lists) {
        PackageRelations relations = manager.relations(source, after);
        List<String> lost =
                lists.stream().filter(word -> relations.meant(word).isEmpty()).toList();
        if (!lost.isEmpty()) {
            throw new StencilException(
                    Fault.LOCK_NOT_CLOSED,
                    "The update would take " + String.join(", ", lost) + " away, which the lists of "
                            + subject.template().name() + " name. Update other packages, or all of them: vzpkg lock "
                            + subject.template().name() + ".");
        }
    }

    /** Packages that no list leads to. */
    private static Set<String> idle(Lock lock) {
        Set<String> idle = new HashSet<>();
        for (LockedPackage one : lock.packages()) {
            boolean isAsked = LockWhy.of(lock, one.name() + ":" + one.arch()).stream()
                    .anyMatch(why -> why.chain().size() > 1);
            if (!isAsked) {
                idle.add(one.packageName().toString());
            }
        }
        return idle;
    }

    private static Resolution without(Resolution all, Set<String> names) {
        return new Resolution(
                all.install().stream()
                        .filter(file -> !names.contains(file.name().toString()))
                        .toList(),
                all.remove(),
                all.replaced(),
                all.steps(),
                all.automatic());
    }
}
