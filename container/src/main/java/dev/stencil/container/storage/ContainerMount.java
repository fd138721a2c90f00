package dev.stencil.container.storage;

import java.nio.file.Path;
import java.util.List;

/**
 * The root of a container: layers from the bottom up, which stay as they are, and one directory for its changes.
 *
 * @param work scratch space of the overlay, on the file system of {@code upper}
 * @param target VE_ROOT
 */
public record ContainerMount(List<Path> layers, Path upper, Path work, Path target) {
    public ContainerMount {
        layers = List.copyOf(layers);
    }
}
