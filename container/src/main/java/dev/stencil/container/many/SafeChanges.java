package dev.stencil.container.many;

import dev.stencil.container.applications.ContainerPackages;
import dev.stencil.container.applications.RollbackService;
import dev.stencil.container.many.Outcome.Undoing;
import dev.stencil.container.undo.Operation;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Changes packages of containers; what a failed change has left is taken back, in that container alone. */
public final class SafeChanges {
    private final ContainerPackages packages;
    private final boolean takeLocks;

    public SafeChanges(ContainerPackages packages, boolean takeLocks) {
        this.packages = packages;
        this.takeLocks = takeLocks;
    }

    /** Runs {@code change}, which changes the packages of {@code container} in one operation at most. */
    public <T> Outcome<T> run(String container, Supplier<T> change, Progress progress) {
        int before = newest(container);
        try {
            return new Outcome.Done<>(change.get());
        } catch (StencilException failure) {
            return new Outcome.Failed<>(failure, undo(container, before, progress));
        }
    }

    private Undoing undo(String container, int before, Progress progress) {
        try {
            if (newest(container) <= before) {
                return new Undoing.NothingChanged();
            }
            progress.stage("Undoing what failed");
            var request = new RollbackService.Request(container, OptionalInt.empty(), false, takeLocks);
            packages.rollbacks().rollback(request, progress);
            return new Undoing.Undone();
        } catch (StencilException second) {
            return new Undoing.Left(second);
        }
    }

    /** Number of the newest operation whose changes are in the container; 0 when there is none. */
    private int newest(String container) {
        List<Operation> operations = packages.rollbacks().generations(container);
        return operations.stream()
                .filter(Operation::isInForce)
                .mapToInt(Operation::number)
                .max()
                .orElse(0);
    }
}
