package dev.stencil.container.applications;

import dev.stencil.container.undo.Operation;
import java.util.List;

/**
 * What a rollback did.
 *
 * @param way how much came back
 * @param undone operations, the newest first
 * @param generation the one that the container is at now
 * @param changes packages that came and went by it
 * @param kept configuration files whose later content was put beside, as paths inside
 * @param notes what a person should look at
 */
public record RollbackResult(
        Way way,
        List<Operation> undone,
        int generation,
        PackageChanges changes,
        List<String> kept,
        List<String> notes) {
    public RollbackResult {
        undone = List.copyOf(undone);
        kept = List.copyOf(kept);
        notes = List.copyOf(notes);
    }

    /** What a rollback may bring back. */
    public enum Way {
        /** The paths that packages own and that the operations changed. */
        PACKAGES,
        /** The tree exactly as it was. */
        TREE,
        /** The former set of packages, installed anew, because no snapshot is left. */
        VERSIONS
    }
}
