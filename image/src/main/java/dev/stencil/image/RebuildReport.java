package dev.stencil.image;

import dev.stencil.image.tree.TreeDifference;
import dev.stencil.packages.lock.Lock;
import java.util.List;

/**
 * What came out when a lock was built once more.
 *
 * @param result of the new build
 * @param comparison with what, and how that went
 */
public record RebuildReport(Lock lock, BuiltResult result, Comparison comparison) {
    /** What the new tree was held against. */
    public sealed interface Comparison {
        /** The cache in force, path by path; none differ when it is the same. */
        record WithGeneration(Generation generation, List<TreeDifference> differences) implements Comparison {
            public WithGeneration {
                differences = List.copyOf(differences);
            }
        }

        /** An earlier result of the same lock and tools, of which only digests are known. */
        record WithRecord(BuiltResult earlier) implements Comparison {}

        /** Nobody has built this lock with these tools before. */
        record None() implements Comparison {}
    }

    /** Whether what it was compared with was the same, or there was nothing. */
    public boolean isSame() {
        return switch (comparison) {
            case Comparison.WithGeneration(var ignored, var differences) -> differences.isEmpty();
            case Comparison.WithRecord(var earlier) -> earlier.isSameAs(result);
            case Comparison.None() -> true;
        };
    }
}
