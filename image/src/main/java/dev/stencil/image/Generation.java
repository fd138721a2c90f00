package dev.stencil.image;

import dev.stencil.image.layer.Layer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * One ready, immutable state of a template's root. What it consists of in detail is in its {@link GenerationManifest}.
 *
 * @param template full name of the OS template
 * @param number counts up from 1 for each template
 * @param layers what is stacked, from the bottom up
 * @param directory where {@code generation.toml}, {@code layers} and {@code templates/} are
 */
public record Generation(String template, int number, List<Layer> layers, Path directory, Instant built) {
    public Generation {
        layers = List.copyOf(layers);
    }

    /**
     * The book-keeping that every container made from it gets a copy of: {@code vzpackages} and
     * {@code <template>/timestamp} (spec vzpkg 2.2).
     */
    public Path templates() {
        return directory.resolve("templates");
    }

    /** The trees of its layers, from the bottom up. */
    public List<Path> trees() {
        return layers.stream().map(Layer::files).toList();
    }
}
