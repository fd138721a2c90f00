package dev.stencil.image.cleaning;

import dev.stencil.image.layer.Normalisation;
import dev.stencil.image.tree.TimeLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What belongs to the build, or must differ between containers, goes; what the host's time left in a layer becomes the time
 * of the build (decision 0064).
 */
public final class ClockNormalisation implements Normalisation {
    @Override
    public void inRoot(Path root, Instant clock) throws IOException {
        ImageCleaning.clean(root);
        PasswordAges.limit(root, clock);
    }

    @Override
    public void ofLayer(Path tree, Instant clock) throws IOException {
        TimeLimit.apply(tree, clock);
    }
}
