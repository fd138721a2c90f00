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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lists containers quickly: one look at the guests and at the mount table, one small file each. */
public final class ContainerListing {
    private final HostLayout layout;
    private final ContainerConfigs configs;
    private final Engine engine;

    public ContainerListing(HostLayout layout, ContainerConfigs configs, Engine engine) {
        this.layout = layout;
        this.configs = configs;
        this.engine = engine;
    }

    /** All containers of the host, by id. */
    public List<ListedContainer> all() {
        return of(configs.ids());
    }

    /** Those of {@code ids} that are configured, in that order. */
    public List<ListedContainer> of(List<ContainerId> ids) {
        Map<String, RunningGuest> guests = new HashMap<>();
        Set<String> mounted = new HashSet<>();
        try {
            engine.all().forEach(guest -> guests.put(guest.id(), guest));
            Mounts.current().forEach(mount -> mounted.add(mount.target().toString()));
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot tell what runs here: " + e.getMessage(), e);
        }
        List<ListedContainer> listed = new ArrayList<>();
        for (ContainerId id : ids) {
            Optional<ContainerConfig> config = configs.find(id);
            if (config.isPresent()) {
                listed.add(listed(config.get(), Optional.ofNullable(guests.get(id.text())), mounted));
            }
        }
        return listed;
    }

    private ListedContainer listed(ContainerConfig config, Optional<RunningGuest> guest, Set<String> mounted) {
        var area = new PrivateArea(config.privateArea(layout));
        var container = new Container(config.id(), config, area, config.root(layout));
        ContainerStatus.State state = guest.isEmpty()
                ? ContainerStatus.State.DOWN
                : guest.get().isFrozen() ? ContainerStatus.State.PAUSED : ContainerStatus.State.RUNNING;
        boolean isMounted = mounted.contains(container.root().toString());
        return new ListedContainer(container, new ContainerStatus(area.exists(), isMounted, state), guest);
    }
}
