package dev.stencil.container.storage;

import dev.stencil.linux.oci.OciIsolation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The root of a container: layers from the bottom up, which stay as they are, and one directory for its changes.
 *
 * @param upper its changes; the owner and mode of this directory are those of {@code /} inside
 * @param work scratch space of the overlay, on the file system of {@code upper}
 * @param target VE_ROOT
 * @param ids numbers on the host that the layers' users and groups 0 and up are seen as; empty: as they are
 */
public record ContainerMount(List<Path> layers, Path upper, Path work, Path target, Optional<OciIsolation.Ids> ids) {
    public ContainerMount {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a root without layers: " + target);
        }
    }
}
