package dev.stencil.image.tree;

import dev.stencil.image.layer.Layer;
import java.nio.file.Path;
import java.util.List;

/**
 * A tree that is made of layers as overlayfs puts them together, read without being mounted.
 *
 * @param layers from the bottom up
 */
public record TreeStack(List<Layer> layers) {
    public TreeStack {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a stack without layers");
        }
    }

    /**
     * One directory of files.
     *
     * @param idShift what was added to the numbers of users and groups in it
     */
    public record Layer(Path files, int idShift) {}

    /** Of layers whose numbers of users are as they are inside. */
    public static TreeStack of(List<Path> layers) {
        return new TreeStack(layers.stream().map(files -> new Layer(files, 0)).toList());
    }
}
