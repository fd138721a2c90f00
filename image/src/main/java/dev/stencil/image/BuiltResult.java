package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.image.tree.CanonicalTar;
import dev.stencil.image.tree.TreeManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What came out of a lock, one table {@code [[result]]} of a {@code .built} file (spec conary 9.5).
 *
 * @param lock id of the lock
 * @param toolchain digest of all besides the lock that has a say
 * @param diffId of the uncompressed tar stream, which has {@code sizeBytes}
 * @param files names of every kind, the top not
 * @param tree digest of the manifest
 * @param built to the second
 */
public record BuiltResult(
        Digest lock, Digest toolchain, Digest diffId, long sizeBytes, long files, Digest tree, Instant built) {
    public BuiltResult {
        built = built.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Of the tree at {@code directory}, whose manifest was read just now. */
    static BuiltResult of(Digest lock, Digest toolchain, TreeManifest manifest, Path directory, Instant built)
            throws IOException {
        CanonicalTar.Identity tar = new CanonicalTar(manifest, directory).identity();
        return new BuiltResult(
                lock,
                toolchain,
                tar.diffId(),
                tar.sizeBytes(),
                manifest.entries().size() - 1,
                manifest.digest(),
                built);
    }

    /** Whether both are results of the same thing and may be compared. */
    boolean hasOriginOf(BuiltResult other) {
        return lock.equals(other.lock) && toolchain.equals(other.toolchain);
    }

    /** Equal bytes. */
    boolean isSameAs(BuiltResult other) {
        return tree.equals(other.tree) && diffId.equals(other.diffId);
    }
}
