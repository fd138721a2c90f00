package dev.stencil.image.layer;

import dev.stencil.host.Digest;
import java.io.IOException;
import java.util.Set;

/** Who stands on layers besides generations: containers, in practice. */
public interface LayerUsers {
    /** Nobody. */
    LayerUsers NONE = Set::of;

    /**
     * Layers that must not be removed now. Called with {@link LayerStore#keep} excluded, so no new user comes in between.
     *
     * @throws IOException when that cannot be told for certain; then nothing is removed at all
     */
    Set<Digest> layersInUse() throws IOException;

    /**
     * Files of the package store that must not be removed: what it takes to go back to an earlier state.
     *
     * @throws IOException when that cannot be told for certain; then none is removed
     */
    default Set<Digest> packagesInUse() throws IOException {
        return Set.of();
    }
}
