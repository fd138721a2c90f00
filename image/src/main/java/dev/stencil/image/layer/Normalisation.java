package dev.stencil.image.layer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Takes out of a new layer what tells one build from another of the same packages. */
public interface Normalisation {
    /** Leaves everything as it is. */
    Normalisation NONE = new Normalisation() {
        @Override
        public void inRoot(Path root, Instant clock) {}

        @Override
        public void ofLayer(Path tree, Instant clock) {}
    };

    /** Works in the whole root, of which nothing is running any more; what it changes becomes part of the layer. */
    void inRoot(Path root, Instant clock) throws IOException;

    /**
     * Works on the layer's own files, nothing mounted: what lies below is not there, a character device 0:0 is a whiteout.
     * No time stamp may be newer than {@code clock} afterwards.
     */
    void ofLayer(Path tree, Instant clock) throws IOException;
}
