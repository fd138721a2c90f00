package dev.stencil.container.applications;

import dev.stencil.container.applications.PackageJob.Marks;
import dev.stencil.container.applications.PackageJob.Scripts;
import dev.stencil.container.applications.PackageJob.Wish;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.CacheSubject;
import dev.stencil.image.lock.LockMode;
import dev.stencil.image.lock.LockedPlan;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageMatch;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRelations;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.lock.Lock;
import dev.stencil.template.Script;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes containers along the locks of their templates: exactly the lock's files, no solver (spec conary 9.6, {@code update CT}). */
public final class LockUpdates {
    private final PremisesService premisesService;
    private final PackageDrivers drivers;
    private final PackageOperation operation;
    private final ContainerInventory inventory;
    private final TemplateLocks locks;

    LockUpdates(
            PremisesService premisesService,
            PackageDrivers drivers,
            PackageOperation operation,
            ContainerInventory inventory,
            TemplateLocks locks) {
        this.premisesService = premisesService;
        this.drivers = drivers;
        this.operation = operation;
        this.inventory = inventory;
        this.locks = locks;
    }

    /**
     * How a container stands to the lock it is to follow.
     *
     * @param behind what is recorded and not as the lock has it: {@link Deviation#recorded} is what the lock says; an update
     *     would change exactly these, but for dropped packages that something else needs
     */
    public record Standing(Lock lock, List<Deviation> behind) {
        public Standing {
            behind = List.copyOf(behind);
        }
    }

    /** Empty when the container's template has no lock in force. Reads no package lists. */
    public Optional<Standing> standing(String container) {
        Premises premises = premisesService.open(container);
        return inForce(premises, LockMode.BY_HOST).map(lock -> {
            List<PackageName> recorded = inventory.recordedPackages(container);
            List<PackageName> present =
                    recorded.isEmpty() ? PackageChanges.names(inventory.packages(container)) : recorded;
            PackageSource source = drivers.source(premises, List.of());
            return new Standing(lock, route(premises, lock, source).changes(present));
        });
    }

    /**
     * Brings every package of the lock in force, in the lock's version, and takes away what the lock has dropped. Other
     * packages stay, unless they do not go with the lock's; those of applications that it does not name are told as notes.
     *
     * @param exact what neither the lock nor an application template of the container asks for goes too
     * @return empty when no lock is in force, and nothing was done
     * @throws StencilException {@code LOCK_REQUIRED} for {@code exact} without a lock, and what locks and package work throw
     */
    public Optional<PackageChanges> update(
            String container, LockMode mode, boolean exact, PackageOptions options, Progress progress) {
        Premises premises = premisesService.openForChange(
                container, options.checkOnly() ? PremisesService.Need.MOUNTED : PremisesService.Need.RUNNING);
        Optional<Lock> lock = inForce(premises, mode);
        if (lock.isEmpty() && exact) {
            String name = premises.operatingSystem().name();
            throw new StencilException(
                    Fault.LOCK_REQUIRED,
                    "--exact needs a lock, and none of " + name + " is in force. Make one: vzpkg lock " + name);
        }
        return lock.map(target -> {
            PackageChanges changes = operation.run(job(premises, target, exact, progress), options, progress);
            tellLeftAlone(premises, target, progress);
            return changes;
        });
    }

    private void tellLeftAlone(Premises premises, Lock lock, Progress progress) {
        if (lock.template().apps().containsAll(Premises.names(premises.applications()))) {
            return;
        }
        String container = premises.container().id();
        List<PackageName> installed = PackageChanges.names(inventory.packages(container));
        LeftAlone.by(lock, premises.applications(), installed, drivers.match(premises.operatingSystem()))
                .forEach(one -> progress.note(one.told(container)));
    }

    /** Whether an update of all packages would follow a lock. */
    boolean follows(Premises premises) {
        return inForce(premises, LockMode.BY_HOST).isPresent();
    }

    private Optional<Lock> inForce(Premises premises, LockMode mode) {
        return locks.toFollow(new CacheSubject(premises.operatingSystem(), premises.applications()), mode);
    }

    private PackageJob job(Premises premises, Lock target, boolean exact, Progress progress) {
        var scripts = new Scripts(List.of(Script.PRE_UPDATE), List.of(Script.POST_UPDATE), premises.applications());
        Wish wish = installed -> new Journey(premises, target, installed.get(), progress).request(exact);
        return new PackageJob(
                premises,
                exact ? "update --exact" : "update",
                "Updating packages to lock r" + target.provenance().revision() + " of "
                        + target.template().name(),
                List.of(),
                wish,
                scripts,
                Marks.NONE,
                Optional.of(target));
    }

    private LockRoute route(Premises premises, Lock target, PackageSource source) {
        Lock recorded = new LockRecord(premises.container())
                .read(premises.operatingSystem())
                .orElse(target);
        return LockRoute.between(recorded, target, source.excludes());
    }

    /** From what one container has to a lock. */
    private final class Journey {
        private final Premises premises;
        private final Lock target;
        private final List<PackageName> installed;
        private final Progress progress;
        private final PackageManager manager;
        private final PackageSource source;
        private final LockRoute route;

        Journey(Premises premises, Lock target, List<PackageName> installed, Progress progress) {
            this.premises = premises;
            this.target = target;
            this.installed = installed;
            this.progress = progress;
            this.manager = drivers.manager(premises.operatingSystem());
            this.source = drivers.source(premises, List.of());
            this.route = route(premises, target, source);
        }

        Optional<PackageRequest> request(boolean exact) {
            List<PackageFile> files = files(Deviation.wanted(route.arrivals(installed)));
            List<PackageName> extras = route.extras(installed);
            List<PackageName> leaving = extras.isEmpty() ? List.of() : leaving(files, extras, exact);
            return files.isEmpty() && leaving.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new PackageRequest.Exactly(files, leaving));
        }

        private List<PackageFile> files(List<PackageName> names) {
            Map<PackageName, PackageFile> locked = new HashMap<>();
            LockedPlan.of(target, source).resolution().install().forEach(file -> locked.put(file.name(), file));
            List<PackageFile> files = new ArrayList<>();
            names.forEach(name -> Optional.ofNullable(locked.get(name)).ifPresent(files::add));
            return files;
        }

        private List<PackageName> leaving(List<PackageFile> files, List<PackageName> extras, boolean exact) {
            List<PackageName> wanted = wanted(extras, exact);
            // What packages need is in their files.
            manager.fetch(source, new Resolution(files, List.of(), List.of(), List.of()), progress);
            Optional<PackageRelations> relations =
                    manager.relations(source, premises.container().root(), files);
            if (relations.isEmpty() && exact) {
                throw new StencilException(
                        Fault.NOT_SUPPORTED,
                        "--exact is not there for " + premises.operatingSystem().name()
                                + ": its package manager does not tell what other packages need. Update without it, and"
                                + " remove packages with: vzpkg remove -p "
                                + premises.container().id());
            }
            Set<PackageName> kept =
                    relations.isPresent() ? new Keeping(relations.get(), extras).of(wanted) : Set.copyOf(wanted);
            List<PackageName> leaving = new ArrayList<>(extras);
            leaving.removeAll(kept);
            tellConflicts(wanted, leaving);
            return leaving;
        }

        /** Those that are to stay for their own sake. */
        private List<PackageName> wanted(List<PackageName> extras, boolean exact) {
            PackageMatch match = drivers.match(premises.operatingSystem());
            List<String> asked = Premises.packages(premises.applications());
            List<PackageName> wanted = new ArrayList<>(extras);
            wanted.removeIf(name ->
                    (exact || route.isDropped(name)) && asked.stream().noneMatch(word -> match.matches(word, name)));
            return wanted;
        }

        private void tellConflicts(List<PackageName> wanted, List<PackageName> leaving) {
            wanted.stream()
                    .filter(leaving::contains)
                    .forEach(
                            name -> progress.note(name.name() + " does not go with the packages of the lock: it goes"));
        }
    }
}
