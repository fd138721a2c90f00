package dev.stencil.image.layer;

import dev.stencil.host.Digest;
import java.nio.file.Path;

/**
 * A committed piece of a root, never written again.
 *
 * @param digest its name: the SHA-256 of its {@code layer.toml}
 * @param directory holds {@code fs} and {@code layer.toml}; only root may look inside, for there are setuid programs
 */
public record Layer(Digest digest, Path directory) {
    public static final String FILES = "fs";
    public static final String RECIPE = "layer.toml";
    public static final String UNSYNCED = "unsynced";

    /** The tree itself, what an overlay is given as a lower directory. */
    public Path files() {
        return directory.resolve(FILES);
    }

    /** There until it is known to be on the disk; holds the id of the boot that it was made in. */
    public Path unsynced() {
        return directory.resolve(UNSYNCED);
    }

    /** What it was made from. */
    public Path recipe() {
        return directory.resolve(RECIPE);
    }
}
