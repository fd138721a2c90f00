package dev.stencil.container;

import dev.stencil.container.engine.Engine;
import dev.stencil.container.engine.RunningGuest;
import dev.stencil.container.undo.ContainerStorage;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The overlay of a container of this host as snapshots see it. */
final class HostedStorage implements ContainerStorage {
    private final Container container;
    private final Containers containers;
    private final ContainerMounting mounting;
    private final Engine engine;

    HostedStorage(Container container, Containers containers, ContainerMounting mounting, Engine engine) {
        this.container = container;
        this.containers = containers;
        this.mounting = mounting;
        this.engine = engine;
    }

    @Override
    public Path changes() {
        return container.area().upper();
    }

    @Override
    public String layers() {
        try {
            return Files.readString(container.area().layersFile());
        } catch (IOException e) {
            throw failed("read the layers", e);
        }
    }

    @Override
    public Held frozen() {
        String id = container.id().text();
        Optional<RunningGuest> guest = containers.guest(container.id());
        if (guest.isEmpty() || guest.get().isFrozen()) {
            return () -> {};
        }
        try {
            engine.freeze(id);
        } catch (IOException e) {
            throw failed("freeze the processes", e);
        }
        return () -> {
            try {
                engine.thaw(id);
            } catch (IOException e) {
                throw failed("thaw the processes", e);
            }
        };
    }

    @Override
    public void release() {
        try {
            if (containers.guest(container.id()).filter(RunningGuest::isFrozen).isPresent()) {
                engine.thaw(container.id().text());
            }
        } catch (IOException e) {
            throw failed("thaw the processes", e);
        }
    }

    @Override
    public Held view(Path tree, Path target) {
        try {
            mounting.view(container, tree, target);
        } catch (IOException e) {
            throw failed("mount a view of the earlier root", e);
        }
        return () -> {
            try {
                mounting.endView(target);
            } catch (IOException e) {
                throw failed("unmount the view of the earlier root", e);
            }
        };
    }

    private StencilException failed(String what, IOException e) {
        return new StencilException(
                Fault.SYSTEM, "Cannot " + what + " of container " + container.shown() + ": " + e.getMessage(), e);
    }
}
