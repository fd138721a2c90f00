package dev.stencil.container.applications;

import dev.stencil.container.applications.ContainerAccess.State;
import dev.stencil.container.applications.RollbackResult.Way;
import dev.stencil.container.undo.ContainerStorage;
import dev.stencil.container.undo.Operation;
import dev.stencil.container.undo.Operation.Kept;
import dev.stencil.container.undo.OperationLog;
import dev.stencil.container.undo.PackageRecord;
import dev.stencil.container.undo.Undo;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Takes package operations of a container back, the newest first. A generation is the state that an operation led to, 0 the
 * one before the first of them. Rules and limits: {@code docs/decisions/0068-undo.md}.
 */
public final class RollbackService {
    private final PremisesService premisesService;
    private final PackageDrivers drivers;
    private final OperationRecords records;
    private final FormerPackages former;
    private final ContainerPackages.Host host;

    /** Installs the packages that a container had, as an operation of its own. */
    @FunctionalInterface
    interface FormerPackages {
        PackageChanges install(Premises premises, int operation, List<PackageName> packages, Progress progress);
    }

    RollbackService(
            PremisesService premisesService,
            PackageDrivers drivers,
            OperationRecords records,
            FormerPackages former,
            ContainerPackages.Host host) {
        this.premisesService = premisesService;
        this.drivers = drivers;
        this.records = records;
        this.former = former;
        this.host = host;
    }

    /**
     * What is wanted.
     *
     * @param generation empty for the one before the newest operation
     * @param whole the exact tree, what was written since included; the container must not run
     */
    public record Request(String container, OptionalInt generation, boolean whole, boolean takeLocks) {}

    /** Every recorded operation, the oldest first. */
    public List<Operation> generations(String container) {
        return OperationRecords.log(premisesService.find(container)).all();
    }

    public RollbackResult rollback(Request request, Progress progress) {
        premisesService.releaseAbandoned(request.container());
        Premises premises = premisesService.open(request.container());
        ContainerAccess container = premises.container();
        try (var _ = request.takeLocks() ? container.lock("rolling-back") : ContainerAccess.Hold.NOTHING) {
            return host.uninterrupted().run(() -> new Work(premises, request, progress).run());
        } finally {
            OperationRecords.log(container).sweep(host.programs());
        }
    }

    /** One run of {@link #rollback}, with the lock held. */
    private final class Work {
        private final Premises premises;
        private final Request request;
        private final Progress progress;
        private final ContainerAccess container;
        private final OperationLog log;
        private final List<String> kept = new ArrayList<>();

        Work(Premises premises, Request request, Progress progress) {
            this.premises = premises;
            this.request = request;
            this.progress = progress;
            this.container = premises.container();
            this.log = OperationRecords.log(container);
        }

        RollbackResult run() {
            OperationRecords.Settled settled = records.settle(premises);
            List<Operation> inForce = log.inForce();
            if (settled instanceof OperationRecords.Settled.Undone(Operation operation)) {
                return result(Way.PACKAGES, List.of(operation), current(inForce), List.of());
            }
            if (settled instanceof OperationRecords.Settled.NeverBegun(String command)
                    && request.generation().isEmpty()) {
                return nothing(command, current(inForce));
            }
            int target = target(inForce);
            List<Operation> undone = new ArrayList<>(inForce);
            undone.removeIf(operation -> operation.number() <= target);
            return undo(undone, target);
        }

        /** Who undoes a command that was killed before it changed anything does not mean the one before. */
        private RollbackResult nothing(String command, int generation) {
            String note = "\"vzpkg " + command + "\" was killed before it changed anything; nothing is to be undone";
            return new RollbackResult(
                    Way.PACKAGES,
                    List.of(),
                    generation,
                    PackageChanges.between(List.of(), List.of()),
                    kept,
                    List.of(note));
        }

        /**
         * Nothing goes on running from files of another release: a running container is down while a release upgrade is
         * undone.
         */
        private RollbackResult undo(List<Operation> undone, int target) {
            boolean restarts = container.state() == State.RUNNING
                    && !request.whole()
                    && undone.stream().anyMatch(Operation::isReleaseUpgrade)
                    && withoutSnapshot(undone).isEmpty();
            if (!restarts) {
                return undoAsItIs(undone, target);
            }
            container.stop(progress);
            RollbackResult result = undoAsItIs(undone, target);
            container.start(progress);
            return result;
        }

        private RollbackResult undoAsItIs(List<Operation> undone, int target) {
            List<PackageName> now = names(log.after(undone.getLast().number()).orElse(List.of()));
            List<PackageName> then = names(log.before(undone.getFirst().number()));
            Optional<Operation> bare = withoutSnapshot(undone);
            if (bare.isPresent()) {
                return versions(undone, bare.get());
            }
            ContainerStorage storage = container.storage().orElseThrow();
            var undo = new Undo(log, storage, container.templates());
            boolean whole = request.whole() || undo.isWholeBegun(undone.getFirst());
            List<String> notes = whole ? wholeTree(undo, undone) : packages(undo, undone, now, then);
            return result(whole ? Way.TREE : Way.PACKAGES, undone.reversed(), target, notes);
        }

        private RollbackResult result(Way way, List<Operation> undone, int target, List<String> notes) {
            List<PackageName> now = names(log.after(undone.getFirst().number()).orElse(List.of()));
            List<PackageName> then = names(log.before(undone.getLast().number()));
            return new RollbackResult(way, undone, target, PackageChanges.between(now, then), kept, notes);
        }

        private static int current(List<Operation> inForce) {
            return inForce.isEmpty() ? 0 : inForce.getLast().number();
        }

        private int target(List<Operation> inForce) {
            if (inForce.isEmpty()) {
                throw new StencilException(
                        Fault.BAD_VALUE, "No package operation on container " + container.id() + " is left to undo.");
            }
            int previous = inForce.size() > 1 ? inForce.get(inForce.size() - 2).number() : 0;
            int wanted = request.generation().orElse(previous);
            boolean known = wanted == 0
                    || inForce.subList(0, inForce.size() - 1).stream()
                            .anyMatch(operation -> operation.number() == wanted);
            if (!known) {
                throw new StencilException(
                        Fault.BAD_VALUE,
                        "Container " + container.id() + " cannot go back to generation " + wanted
                                + ". See which there are: vzpkg generations " + container.id());
            }
            return wanted;
        }

        private Optional<Operation> withoutSnapshot(List<Operation> undone) {
            boolean none = container.storage().isEmpty();
            return undone.stream()
                    .filter(operation -> none || operation.snapshot() == Kept.NONE)
                    .findFirst();
        }

        /** Without snapshots the former set of packages can be installed, which is an operation like any other. */
        private RollbackResult versions(List<Operation> undone, Operation bare) {
            if (request.whole()) {
                throw new StencilException(
                        Fault.NOT_SUPPORTED,
                        "No snapshot from before operation " + bare.number() + " (" + bare.command() + ") of container "
                                + container.id() + " is left. Without --full its former packages can be installed.");
            }
            if (undone.stream().anyMatch(Operation::isReleaseUpgrade)) {
                throw new StencilException(
                        Fault.NOT_SUPPORTED,
                        "No snapshot from before operation " + bare.number() + " (" + bare.command() + ") of container "
                                + container.id()
                                + " is left. Distributions do not go back a release by installing older"
                                + " packages, so the upgrade stays.");
            }
            List<PackageName> then = names(log.before(undone.getFirst().number()));
            PackageChanges changes = former.install(premises, undone.getFirst().number(), then, progress);
            container.saveApplications(undone.getFirst().before());
            List<Operation> reversed = undone.reversed();
            return new RollbackResult(Way.VERSIONS, reversed, current(log.inForce()), changes, List.of(), List.of());
        }

        private List<String> wholeTree(Undo undo, List<Operation> undone) {
            Operation oldest = undone.getFirst();
            if (oldest.snapshot() != Kept.FULL) {
                throw new StencilException(
                        Fault.NOT_SUPPORTED,
                        "The snapshot from before operation " + oldest.number() + " of container " + container.id()
                                + " holds only what belongs to packages, for there was too much else to copy"
                                + " (SNAPSHOT_LIMIT in vztt.conf). Without --full the packages can be undone.");
            }
            if (container.state() != State.DOWN) {
                throw new StencilException(
                        Fault.CONTAINER_RUNNING,
                        "Container " + container.id() + " must be down to get its whole tree back. Stop it with: vzctl"
                                + " stop " + container.id());
            }
            progress.stage("Bringing back the tree of container " + container.id());
            undo.whole(oldest);
            undo.records(oldest);
            undone.reversed().forEach(this::configuration);
            undone.reversed().forEach(operation -> undo.close(operation, false));
            return List.of();
        }

        private void configuration(Operation operation) {
            container.saveApplications(operation.before());
            if (operation.isReleaseUpgrade()) {
                container.saveSettings(operation.settings());
            }
        }

        private List<String> packages(
                Undo undo, List<Operation> undone, List<PackageName> now, List<PackageName> then) {
            State state = container.state();
            boolean mounted = state != State.DOWN;
            if (mounted) {
                records.awaitIdle(premises);
            }
            try {
                Optional<GuestUnits> units =
                        state == State.RUNNING ? Optional.of(GuestUnits.of(container.inside())) : Optional.empty();
                for (Operation operation : undone.reversed()) {
                    progress.stage("Undoing: vzpkg " + operation.command());
                    undo.packages(operation, mounted ? Optional.of(container.root()) : Optional.empty(), kept);
                    undo.records(operation);
                    configuration(operation);
                    undo.close(operation, mounted);
                }
                return units.isEmpty() ? List.of() : units.get().follow(manager(), changed(now, then));
            } catch (IOException e) {
                throw new StencilException(
                        Fault.SYSTEM,
                        "Cannot see to the services of container " + container.id() + ": " + e.getMessage(),
                        e);
            }
        }

        private PackageManager manager() {
            return drivers.manager(premises.operatingSystem());
        }
    }

    /** Packages of {@code then} that are not in {@code now} in that version. */
    private static List<PackageName> changed(List<PackageName> now, List<PackageName> then) {
        Set<PackageName> same = new HashSet<>(now);
        return then.stream().filter(name -> !same.contains(name)).toList();
    }

    private static List<PackageName> names(List<PackageRecord> packages) {
        return packages.stream().map(PackageRecord::name).toList();
    }
}
