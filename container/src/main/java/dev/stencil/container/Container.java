package dev.stencil.container;

import dev.stencil.container.config.ContainerConfig;
import dev.stencil.container.config.ContainerId;
import java.nio.file.Path;

/**
 * A container as it is configured.
 *
 * @param root VE_ROOT, where its file system appears when it is mounted
 */
public record Container(ContainerId id, ContainerConfig config, PrivateArea area, Path root) {
    /** As messages name it: the id, and the name where it has one. */
    public String shown() {
        return config.name().map(name -> id + " (" + name + ")").orElse(id.text());
    }
}
