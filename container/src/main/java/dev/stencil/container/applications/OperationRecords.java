package dev.stencil.container.applications;

import dev.stencil.container.undo.Operation;
import dev.stencil.container.undo.OperationLog;
import dev.stencil.container.undo.Operations;
import dev.stencil.container.undo.Operations.OpenOperation;
import dev.stencil.container.undo.PackageRecord;
import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageOwnership;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the record of a container's package operations, and sees to what a killed command has left before a new one begins
 * (spec conary 9.7, R-8 and R-9). Callers hold the container's lock.
 */
final class OperationRecords {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final Operations operations;
    private final PackageDrivers drivers;

    OperationRecords(Operations operations, PackageDrivers drivers) {
        this.operations = operations;
        this.drivers = drivers;
    }

    static OperationLog log(ContainerAccess container) {
        return new OperationLog(container.area(), container.id());
    }

    /**
     * What a container is like before an operation.
     *
     * @param files by the exact name of a package the file that it came from, as far as operations in force tell
     */
    record Past(List<PackageName> packages, PackageOwnership owned, Map<String, Digest> files) {
        Past {
            packages = List.copyOf(packages);
            files = Map.copyOf(files);
        }
    }

    Past past(Premises premises, List<PackageName> packages) {
        ContainerAccess container = premises.container();
        return new Past(packages, manager(premises).ownership(container.root()), files(log(container)));
    }

    private static Map<String, Digest> files(OperationLog log) {
        Map<String, Digest> files = new HashMap<>();
        log.inForce().forEach(operation -> log.after(operation.number())
                .ifPresent(after -> files.putAll(PackageRecord.digests(after))));
        return files;
    }

    /** Begins an operation that leaves the configuration alone but for {@code TEMPLATES}. */
    OpenOperation begin(Premises premises, String command, Past past) {
        return begin(premises, command, past, Map.of());
    }

    /** @param settings see {@link Operation#settings} */
    OpenOperation begin(Premises premises, String command, Past past, Map<String, Optional<String>> settings) {
        ContainerAccess container = premises.container();
        return operations.begin(
                log(container),
                container.storage(),
                new Operations.Beginning(
                        command + " " + container.id(),
                        PackageRecord.of(past.packages(), past.files()),
                        past.owned(),
                        container.templates(),
                        container.applications(),
                        settings,
                        new LockRecord(container).id()));
    }

    /** What the container is like now, at the end of an operation that fetched the files of {@code plan}. */
    Operations.Ending ending(Premises premises, Past past, Resolution plan) {
        Map<String, Digest> files = new HashMap<>(past.files());
        for (PackageFile file : plan.install()) {
            files.put(file.name().toString(), file.sha256());
        }
        return ending(premises, files);
    }

    private Operations.Ending ending(Premises premises, Map<String, Digest> files) {
        ContainerAccess container = premises.container();
        PackageManager manager = manager(premises);
        List<PackageName> installed = PackageChanges.names(manager.installed(container.root()));
        return new Operations.Ending(
                PackageRecord.of(installed, files), manager.ownership(container.root()), container.applications());
    }

    /**
     * Ends what a killed command had begun, and has the packages configured that it left half-way.
     *
     * @throws StencilException {@code LOCKED} when that does not help; the container is to be rolled back then
     */
    void repair(Premises premises, PackageSource source, Progress progress) {
        ContainerAccess container = premises.container();
        Optional<Operations.Stale> stale = operations.stale(log(container));
        if (stale.isEmpty()) {
            return;
        }
        String id = container.id();
        if (stale.get().isRollback()) {
            throw new StencilException(
                    Fault.LOCKED,
                    "A rollback of container " + id + " was killed. Finish it with: vzpkg rollback " + id);
        }
        if (stale.get().hasChanged()) {
            progress.note("\"vzpkg " + stale.get().command() + "\" was killed; repairing its packages");
            awaitIdle(premises);
            StencilException failure = configure(premises, source);
            settle(premises, stale.get());
            if (failure != null) {
                throw failure;
            }
        } else {
            stale.get().forget();
        }
    }

    private @org.jspecify.annotations.Nullable StencilException configure(Premises premises, PackageSource source) {
        ContainerAccess container = premises.container();
        try {
            manager(premises).repair(source, container.inside());
            return null;
        } catch (StencilException e) {
            return new StencilException(
                    Fault.LOCKED,
                    "Container " + container.id()
                            + " was left half changed by a killed command and cannot be repaired: " + e.getMessage()
                            + "\nUndo it with: vzpkg rollback " + container.id(),
                    e);
        }
    }

    /** What a killed command had left for who rolls back. */
    sealed interface Settled {
        /** Nothing, or an operation that can be undone now as any other. */
        record Ready() implements Settled {}

        /** A rollback of this operation, which only lacked its last traces. */
        record Undone(Operation operation) implements Settled {}

        /** An operation that had changed nothing yet. */
        record NeverBegun(String command) implements Settled {}
    }

    /** Ends what a killed command had begun; the packages stay as they are. */
    Settled settle(Premises premises) {
        Optional<Operations.Stale> found = operations.stale(log(premises.container()));
        if (found.isEmpty()) {
            return new Settled.Ready();
        }
        Operations.Stale stale = found.get();
        if (stale.isRollback()) {
            Optional<Operation> undone = stale.closeRollback();
            return undone.isPresent() ? new Settled.Undone(undone.get()) : new Settled.Ready();
        }
        if (!stale.hasChanged()) {
            stale.forget();
            return new Settled.NeverBegun(stale.command());
        }
        try (var _ = premises.container().mounted()) {
            awaitIdle(premises);
            settle(premises, stale);
        }
        return new Settled.Ready();
    }

    private void settle(Premises premises, Operations.Stale stale) {
        ContainerAccess container = premises.container();
        stale.end(container.storage(), ending(premises, files(log(container))));
    }

    /** Programs that a killed command started inside may go on for a while. */
    void awaitIdle(Premises premises) {
        ContainerAccess container = premises.container();
        if (!manager(premises).awaitIdle(container.root(), LONGEST_WAIT)) {
            throw new StencilException(
                    Fault.LOCKED,
                    "A package manager is at work inside container " + container.id() + " (waited "
                            + LONGEST_WAIT.toMinutes() + " minutes). Wait for it to end.");
        }
    }

    private PackageManager manager(Premises premises) {
        return drivers.manager(premises.operatingSystem());
    }
}
