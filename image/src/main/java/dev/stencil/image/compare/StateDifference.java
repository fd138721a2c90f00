package dev.stencil.image.compare;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.tree.FileDifference;
import dev.stencil.image.tree.StackComparison;
import dev.stencil.packages.PackageDiff;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What differs between two states.
 *
 * @param files empty when one of the two has no files, as a lock
 */
public record StateDifference(PackageDiff packages, List<FileDifference> files) {
    private static final Duration WAIT = Duration.ofSeconds(30);

    public StateDifference {
        files = List.copyOf(files);
    }

    /** Compares packages, then files as far as both have some. No layer of {@code layers} goes away meanwhile. */
    public static StateDifference between(ComparedState before, ComparedState after, LayerStore layers) {
        PackageDiff packages = PackageDiff.between(before.packages(), after.packages());
        if (before.trees().isEmpty() || after.trees().isEmpty()) {
            return new StateDifference(packages, List.of());
        }
        try (var _ = layers.keep(WAIT)) {
            return new StateDifference(
                    packages,
                    StackComparison.between(before.trees().get(), after.trees().get()));
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM,
                    "Cannot compare the files of " + before.name() + " and " + after.name() + ": " + e.getMessage(),
                    e);
        }
    }

    public boolean isEmpty() {
        return packages.isEmpty() && files.isEmpty();
    }
}
