package dev.stencil.container;

import dev.stencil.container.config.ContainerConfigs;
import dev.stencil.container.config.ContainerId;
import dev.stencil.container.undo.OperationLog;
import dev.stencil.host.Digest;
import dev.stencil.host.HostLayout;
import dev.stencil.host.StencilException;
import dev.stencil.image.layer.LayerUsers;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The layers that this host's containers stand on, read from their private areas. */
public final class ContainerLayers implements LayerUsers {
    private final HostLayout layout;
    private final ContainerConfigs configs;

    public ContainerLayers(HostLayout layout, ContainerConfigs configs) {
        this.layout = layout;
        this.configs = configs;
    }

    @Override
    public Set<Digest> layersInUse() throws IOException {
        Set<Digest> used = new HashSet<>();
        for (ContainerId id : configs.ids()) {
            try {
                Optional<PrivateArea> area =
                        configs.find(id).map(config -> new PrivateArea(config.privateArea(layout)));
                if (area.isPresent()) {
                    used.addAll(area.get().layers());
                    used.addAll(new OperationLog(area.get().path(), id.text()).layersInUse());
                }
            } catch (StencilException e) {
                throw new IOException("cannot tell which layers container " + id + " uses: " + e.getMessage(), e);
            }
        }
        return used;
    }

    @Override
    public Set<Digest> packagesInUse() throws IOException {
        Set<Digest> used = new HashSet<>();
        for (ContainerId id : configs.ids()) {
            try {
                configs.find(id)
                        .map(config -> new OperationLog(config.privateArea(layout), id.text()))
                        .ifPresent(log -> used.addAll(log.packageFiles()));
            } catch (StencilException e) {
                throw new IOException("cannot tell which packages container " + id + " needs: " + e.getMessage(), e);
            }
        }
        return used;
    }
}
