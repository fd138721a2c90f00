package dev.stencil.image;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.layer.RootContents;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.lock.Lock;
import dev.stencil.template.OsTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is around every change of a cache, whatever it is made of: the lock, the package lists, the commit, and what is taken
 * away before and after.
 */
final class CacheFrame {
    private final CacheTools tools;
    private final GenerationBooks books;
    private final CacheSweep sweep;

    CacheFrame(CacheTools tools, GenerationBooks books, CacheSweep sweep) {
        this.tools = tools;
        this.books = books;
        this.sweep = sweep;
    }

    /** The generation in force of {@code subject}; empty when it is not cached. */
    Optional<Generation> find(CacheSubject subject) {
        return tools.generations().current(subject.name());
    }

    /** Work on one cache while nobody else makes or removes it. */
    @FunctionalInterface
    interface LockedWork {
        CacheResult run(CacheLocks locks) throws IOException;
    }

    /** Does {@code work} with the cache of {@code subject} locked, after what dead runs left and before what is unused goes. */
    CacheResult locked(CacheSubject subject, CacheOptions options, Progress progress, LockedWork work) {
        String name = subject.name();
        var locks = new CacheLocks(tools.area(), options.takeLocks(), progress);
        try (var _ = locks.cache(name, options.lockWait())) {
            if (locks.areTaken()) {
                sweep.removeLeftovers(name);
            }
            CacheResult result = work.run(locks);
            if (!(result instanceof CacheResult.AlreadyExists)) {
                sweepQuietly(name, progress);
            }
            return result;
        } catch (StencilException e) {
            throw CacheFailure.of(name, tools.area().caches(), e);
        } catch (IOException e) {
            throw CacheFailure.of(name, tools.area().caches(), e);
        }
    }

    /** Brings the package lists that {@code subject} is made from up to date as {@code options} ask. */
    void refresh(CacheSubject subject, CacheLocks locks, CacheOptions options, Progress progress) throws IOException {
        OsTemplate template = subject.template();
        PackageSource source = tools.sources().of(template, subject.applications());
        PackageManager manager = tools.managers().of(template.packageManagerType());
        if (manager.isRefreshDue(source, options.freshness())) {
            try (var _ = locks.templateExclusive(template)) {
                progress.stage("Processing metadata for " + template.name());
                manager.refresh(source, options.freshness(), progress);
            }
        }
    }

    /** Makes {@code draft} the generation in force, unless there is nothing new in it. {@code begin} is in nanoseconds. */
    CacheResult commit(GenerationDraft draft, CacheSubject subject, long begin, Progress progress) throws IOException {
        Optional<Generation> same = currentOf(draft.stack(), subject).filter(current -> isOfLock(current, draft));
        if (same.isPresent()) {
            return new CacheResult.Unchanged(same.get());
        }
        progress.stage("Packing cache");
        RootContents contents = books.keep(draft, subject);
        draft.commit();
        return new CacheResult.Built(
                find(subject).orElseThrow(),
                contents.packages().size(),
                contents.extent().sizeBytes(),
                Duration.ofNanos(System.nanoTime() - begin));
    }

    /**
     * Whether {@code current} has a lock that does for {@code draft}. One of the template is to be found again by its id in
     * the generation; of those that were just made for a build the first one stays, whatever became of the repositories'
     * dates (decision 0066).
     */
    private static boolean isOfLock(Generation current, GenerationDraft draft) {
        Optional<Lock> made = draft.lock();
        if (made.isEmpty()) {
            return true;
        }
        boolean isOfTemplate = made.get().provenance().revision() > 0;
        try {
            return GenerationStore.lock(current)
                    .filter(kept -> !isOfTemplate || kept.id().equals(made.get().id()))
                    .isPresent();
        } catch (StencilException damaged) {
            return false;
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

    /** Removes the cache {@code name}; layers that somebody stands on stay until those are gone. Nothing there is no error. */
    RemoveCacheResult remove(String name, CacheOptions options, Progress progress) {
        return finished(progress, () -> {
            var locks = new CacheLocks(tools.area(), options.takeLocks(), progress);
            progress.stage("Removing cache");
            try (var _ = locks.cache(name, options.lockWait())) {
                List<Path> present = tools.generations().directories(name);
                if (!options.checkOnly() && Files.isDirectory(tools.area().cachesOf(name))) {
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

    /** The cache is ready or gone whether or not this succeeds; what stays is swept by the next run. */
    private void sweepQuietly(String template, Progress progress) {
        try {
            sweep.removeUnused(template);
        } catch (IOException | StencilException e) {
            progress.note("Old layers were kept: " + e.getMessage());
        }
    }

    /** Frees space when everything is done: deleting before building makes ext4 slow. */
    <T> T finished(Progress progress, Supplier<T> work) {
        T result = work.get();
        try {
            sweep.emptyTrash();
        } catch (IOException e) {
            progress.note("Space was not freed: " + e.getMessage() + "; the next run tries again");
        }
        return result;
    }
}
