package dev.stencil.image.layer;

import java.io.IOException;
import java.nio.file.Path;

/** What is done in a root to make a layer of the changes. */
public interface LayerWork {
    /** Changes the tree at {@code root}, where all layers below are seen as one. */
    void run(Path root) throws IOException;

    /** Writes down about the finished and cleaned root what somebody who finds the layer may want to know without looking into it. */
    default void describe(Path root, LayerDraft layer) throws IOException {}
}
