package dev.stencil.image;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * One ready, immutable state of a template's root.
 *
 * @param template full name of the OS template
 * @param number counts up from 1 for each template
 * @param layers directories to be stacked, from the bottom up, each the {@code fs} of a committed layer
 * @param directory where {@code generation.toml}, {@code vzpackages} and the time stamps are
 * @param sizeBytes sum of the sizes of its files
 */
public record Generation(
        String template, int number, List<Path> layers, Path directory, Instant created, int packages, long sizeBytes) {
    public Generation {
        layers = List.copyOf(layers);
    }
}
