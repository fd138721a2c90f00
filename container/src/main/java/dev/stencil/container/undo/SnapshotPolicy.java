package dev.stencil.container.undo;

/**
 * How much is kept to undo package operations.
 *
 * @param keep snapshots of a container, the newest; 0 for none
 * @param copyLimitBytes up to this size of what would have to be copied, a snapshot holds everything, not only what
 *     belongs to packages
 */
public record SnapshotPolicy(int keep, long copyLimitBytes) {
    /** What an empty configuration means. */
    public static final SnapshotPolicy DEFAULT = new SnapshotPolicy(5, 64L << 20);

    /** Nothing is kept but lists. */
    public static final SnapshotPolicy OFF = new SnapshotPolicy(0, 0);
}
