package dev.stencil.image.lock;

import dev.stencil.image.CacheSubject;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRelations;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockedInput;
import dev.stencil.packages.lock.LockedPackage.Identity;
import dev.stencil.packages.lock.LockedTemplate;
import dev.stencil.packages.lock.Provenance;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Writes down what a system consists of that was made by changing one with a lock: the caches with applications and those
 * updated in place (decision 0062).
 */
public final class StackedLock {
    private final PackageSource source;
    private final PackageManager manager;
    private final Clock clock;

    public StackedLock(PackageSource source, PackageManager manager, Clock clock) {
        this.source = source;
        this.manager = manager;
        this.clock = clock;
    }

    /**
     * A change that was carried out.
     *
     * @param plan what was installed and removed
     * @param installed all packages of the system afterwards
     * @param newest no time stamp of the change is newer
     * @param reads which inputs, by the names that locks call them, it looked at
     */
    public record Change(Resolution plan, List<PackageName> installed, Instant newest, Predicate<String> reads) {
        public Change {
            installed = List.copyOf(installed);
        }
    }

    /**
     * The lock of {@code subject} after {@code change} to a system of {@code below}. It has no revision, and {@code below} as
     * its parent. Packages that came from no repository are not in it, as in every lock.
     *
     * @throws dev.stencil.host.StencilException {@code STALE} when the template does not have a repository of {@code below} any
     *     more, {@code PACKAGE_MANAGER} when neither the package lists nor the store know one of its packages
     */
    public Lock of(CacheSubject subject, Lock below, Change change) {
        Resolution whole = whole(subject, below, change);
        PackageRelations relations =
                manager.isFetched(whole) ? manager.fetchedRelations(source, whole) : manager.relations(source, whole);
        Lock made = new LockMaker(source, manager, clock)
                .make(subject, whole, new KeptOffers(source, manager).of(below, whole), relations);
        return Lock.sorted(
                template(made.template(), below.template(), change.newest()),
                inputs(made, below, change.reads()),
                made.repositories(),
                below.images(),
                made.packages(),
                new Provenance(
                        0,
                        Optional.of(below.id()),
                        made.provenance().created(),
                        made.provenance().createdBy()));
    }

    /** All packages that are installed, with their files; those that nobody asked for by name stay such. */
    private Resolution whole(CacheSubject subject, Lock below, Change change) {
        Resolution before = LockedPlan.of(below, source).resolution();
        Map<Identity, PackageFile> files = new HashMap<>();
        before.install().forEach(file -> files.put(Identity.of(file.name()), file));
        change.plan().install().forEach(file -> files.put(Identity.of(file.name()), file));
        List<PackageFile> present = change.installed().stream()
                .map(Identity::of)
                .filter(files::containsKey)
                .map(name -> Objects.requireNonNull(files.get(name)))
                .toList();
        Set<String> automatic = new HashSet<>(before.automatic());
        automatic.addAll(change.plan().automatic());
        LockService.names(subject).forEach(automatic::remove);
        return new Resolution(present, List.of(), List.of(), List.of(), automatic);
    }

    /** Nothing in the system is newer than the clock: what was below, what came, and when it was published. */
    private static LockedTemplate template(LockedTemplate made, LockedTemplate below, Instant newest) {
        return new LockedTemplate(
                made.name(),
                made.set(),
                made.arch(),
                made.apps(),
                below.build(),
                below.flavor(),
                made.manager(),
                Math.max(Math.max(made.clock(), below.clock()), newest.getEpochSecond()));
    }

    private static List<LockedInput> inputs(Lock made, Lock below, Predicate<String> reads) {
        List<LockedInput> inputs = new ArrayList<>();
        made.inputs().stream().filter(input -> reads.test(input.path())).forEach(inputs::add);
        below.inputs().stream().filter(input -> !reads.test(input.path())).forEach(inputs::add);
        return inputs;
    }
}
