package dev.stencil.container;

import dev.stencil.container.config.ContainerConfig;
import dev.stencil.container.config.ContainerConfigs;
import dev.stencil.container.config.ContainerId;
import dev.stencil.container.engine.Engine;
import dev.stencil.container.engine.RunningGuest;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Mounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The containers of this host: found by name or id, and how they are. Changes nothing and takes no lock. */
public final class Containers {
    private final HostLayout layout;
    private final ContainerConfigs configs;
    private final Engine engine;

    public Containers(HostLayout layout, ContainerConfigs configs, Engine engine) {
        this.layout = layout;
        this.configs = configs;
        this.engine = engine;
    }

    public ContainerConfigs configs() {
        return configs;
    }

    /** The container that an argument means, by name first, then by id. */
    public Container require(String nameOrId) {
        return require(configs.resolve(nameOrId));
    }

    public Container require(ContainerId id) {
        return of(configs.require(id));
    }

    public Optional<Container> find(ContainerId id) {
        return configs.find(id).map(this::of);
    }

    /** As {@link #require(ContainerId)}, and it must run. */
    public Container requireRunning(ContainerId id) {
        Container container = require(id);
        if (guest(id).isEmpty()) {
            throw new StencilException(
                    Fault.CONTAINER_NOT_RUNNING,
                    "Container " + container.shown() + " is not running. Start it with: vzctl start " + id);
        }
        return container;
    }

    /** What the engine knows of it; empty when it does not run. */
    public Optional<RunningGuest> guest(ContainerId id) {
        try {
            return engine.find(id.text());
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot tell whether container " + id + " runs: " + e.getMessage(), e);
        }
    }

    public ContainerStatus status(ContainerId id) {
        Optional<Container> container = find(id);
        ContainerStatus.State state = guest(id)
                .map(guest -> guest.isFrozen() ? ContainerStatus.State.PAUSED : ContainerStatus.State.RUNNING)
                .orElse(ContainerStatus.State.DOWN);
        boolean exists = container.filter(found -> found.area().exists()).isPresent();
        return new ContainerStatus(exists, container.filter(this::isMounted).isPresent(), state);
    }

    public boolean isMounted(Container container) {
        return isMountPoint(container.root());
    }

    private Container of(ContainerConfig config) {
        var area = new PrivateArea(config.privateArea(layout));
        return new Container(config.id(), config, area, config.root(layout));
    }

    private static boolean isMountPoint(Path root) {
        try {
            return Mounts.isMountPoint(root);
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot read the mount table: " + e.getMessage(), e);
        }
    }
}
