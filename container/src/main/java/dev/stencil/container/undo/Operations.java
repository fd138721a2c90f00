package dev.stencil.container.undo;

import dev.stencil.container.undo.Operation.Kept;
import dev.stencil.container.undo.Operation.State;
import dev.stencil.container.undo.OperationMarker.Phase;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Folder;
import dev.stencil.packages.PackageOwnership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Records package operations of containers as they happen. Callers hold the container's lock. */
public final class Operations {
    private final SnapshotPolicy policy;
    private final Clock clock;

    public Operations(SnapshotPolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * What is known when an operation begins.
     *
     * @param templates the container's book-keeping directory
     * @param applications those of {@code TEMPLATES}
     * @param settings see {@link Operation#settings}
     */
    public record Beginning(
            String command,
            List<PackageRecord> packages,
            PackageOwnership owned,
            Path templates,
            List<String> applications,
            Map<String, Optional<String>> settings,
            Optional<String> lock) {
        public Beginning {
            packages = List.copyOf(packages);
            applications = List.copyOf(applications);
            settings = Map.copyOf(settings);
        }
    }

    /** What is known when it ends. */
    public record Ending(List<PackageRecord> packages, PackageOwnership owned, List<String> applications) {
        public Ending {
            packages = List.copyOf(packages);
            applications = List.copyOf(applications);
        }
    }

    /** Takes the snapshot and leaves the marker. On failure nothing has changed and nothing is left. */
    public OpenOperation begin(OperationLog log, Optional<ContainerStorage> storage, Beginning beginning) {
        int number = log.next();
        var marker = new OperationMarker(ProcessHandle.current().pid(), number, Phase.SNAPSHOT, beginning.command());
        var snapshots = new Snapshots(policy, log);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        try {
            marker.write(log.area());
            log.saveBefore(number, beginning.packages());
            copyTemplates(beginning.templates(), log.templates(number));
            Kept kept = storage.isPresent() ? snapshots.take(number, storage.get(), beginning.owned()) : Kept.NONE;
            var operation = new Operation(
                    number,
                    beginning.command(),
                    new Operation.Times(now, Optional.empty()),
                    State.RUNNING,
                    kept,
                    beginning.applications(),
                    beginning.settings(),
                    beginning.lock(),
                    Optional.empty());
            log.save(operation);
            marker.in(Phase.CHANGING).write(log.area());
            return new OpenOperation(log, snapshots, storage, operation, beginning);
        } catch (IOException | RuntimeException e) {
            throw notBegun(log, number, e);
        }
    }

    private static StencilException notBegun(OperationLog log, int number, Exception e) {
        StencilException failure = e instanceof StencilException known
                ? known
                : log.failed("keep a snapshot before the change (SNAPSHOTS=0 in vztt.conf switches them off)", e);
        try {
            log.forget(number);
            OperationMarker.remove(log.area());
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
        return failure;
    }

    private static void copyTemplates(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Folder templates = Folder.open(from);
                Folder copy = Folder.open(to)) {
            everything(copy).write(templates);
        }
    }

    static SnapshotWriter everything(Folder copy) {
        return new SnapshotWriter(new SnapshotScope(PackageOwnership.NOTHING.everything()), false, copy);
    }

    /** An operation at work. */
    public final class OpenOperation {
        private final OperationLog log;
        private final Snapshots snapshots;
        private final Optional<ContainerStorage> storage;
        private final Operation operation;
        private final Beginning beginning;

        private OpenOperation(
                OperationLog log,
                Snapshots snapshots,
                Optional<ContainerStorage> storage,
                Operation operation,
                Beginning beginning) {
            this.log = log;
            this.snapshots = snapshots;
            this.storage = storage;
            this.operation = operation;
            this.beginning = beginning;
        }

        /** It succeeded. One that changed nothing is forgotten. */
        public void done(Ending ending) {
            try {
                end(State.DONE, ending, Optional.empty());
                snapshots.prune();
            } catch (IOException e) {
                throw log.failed("record the operation on packages", e);
            }
        }

        /**
         * It failed; answers the failure to be thrown, which says how to undo what it did. When the end cannot even be
         * recorded, the marker stays and the next command does it.
         */
        public StencilException failed(RuntimeException failure, Supplier<Ending> ending) {
            boolean changed = true;
            try {
                changed = end(State.FAILED, ending.get(), Optional.of(String.valueOf(failure.getMessage())));
            } catch (IOException | RuntimeException second) {
                failure.addSuppressed(second);
            }
            StencilException known = failure instanceof StencilException stencil
                    ? stencil
                    : new StencilException(Fault.INTERNAL, "The operation broke: " + failure, failure);
            return changed ? undoable(known) : known;
        }

        private StencilException undoable(StencilException failure) {
            String id = log.container();
            return new StencilException(
                    failure.fault(),
                    failure.getMessage() + "\nContainer " + id + " is half changed; undo it with: vzpkg rollback " + id,
                    failure);
        }

        private boolean end(State state, Ending ending, Optional<String> error) throws IOException {
            boolean changed =
                    Settling.end(log, snapshots, storage, operation.ended(state, clock.instant(), error), ending);
            if (!changed && ending.applications().equals(beginning.applications())) {
                log.forget(operation.number());
                OperationMarker.remove(log.area());
                return false;
            }
            OperationMarker.remove(log.area());
            return true;
        }
    }

    /** What a killed command has left, if anything. */
    public Optional<Stale> stale(OperationLog log) {
        try {
            return OperationMarker.read(log.area())
                    .filter(marker -> marker.pid() != ProcessHandle.current().pid())
                    .map(marker -> new Stale(log, marker));
        } catch (IOException e) {
            throw log.failed("read the mark of an operation", e);
        }
    }

    /** The marker of a command that died. */
    public final class Stale {
        private final OperationLog log;
        private final OperationMarker marker;

        private Stale(OperationLog log, OperationMarker marker) {
            this.log = log;
            this.marker = marker;
        }

        public String command() {
            return marker.command();
        }

        /** Whether packages may be half changed. */
        public boolean hasChanged() {
            return marker.phase() == Phase.CHANGING;
        }

        public boolean isRollback() {
            return marker.phase() == Phase.ROLLING_BACK;
        }

        /** Ends a rollback of which only the last traces were missing, and answers what it undid. */
        public Optional<Operation> closeRollback() {
            Operation operation = log.require(marker.number());
            if (!isRollback() || operation.isInForce()) {
                return Optional.empty();
            }
            try {
                log.dropSnapshot(marker.number());
                OperationMarker.remove(log.area());
                return Optional.of(operation);
            } catch (IOException e) {
                throw log.failed("clean up after a killed command", e);
            }
        }

        /** Takes away what an operation left that had not begun to change anything. */
        public void forget() {
            try {
                log.forget(marker.number());
                OperationMarker.remove(log.area());
            } catch (IOException e) {
                throw log.failed("clean up after a killed command", e);
            }
        }

        /** Ends the operation as failed; it can be undone then as any other. */
        public void end(Optional<ContainerStorage> storage, Ending ending) {
            try {
                Operation operation = log.require(marker.number())
                        .ended(State.FAILED, clock.instant(), Optional.of("the command was killed"));
                Settling.end(log, new Snapshots(policy, log), storage, operation, ending);
                OperationMarker.remove(log.area());
            } catch (IOException e) {
                throw log.failed("clean up after a killed command", e);
            }
        }
    }

    Snapshots snapshots(OperationLog log) {
        return new Snapshots(policy, log);
    }
}
