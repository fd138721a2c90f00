package dev.stencil.container;

import dev.stencil.container.ContainerLocks.Held;
import dev.stencil.container.ContainerLocks.Work;
import dev.stencil.container.config.ContainerId;
import dev.stencil.container.engine.Engine;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.Trash;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Removes containers; source: spec vzctl 3.4. The container is gone with one rename, its bytes are freed in the background. */
final class ContainerRemoval {
    private final HostLayout layout;
    private final Containers containers;
    private final ContainerLocks locks;
    private final ContainerMounting mounting;
    private final Engine engine;
    private final ProgramRunner programs;

    ContainerRemoval(
            HostLayout layout,
            Containers containers,
            ContainerLocks locks,
            ContainerMounting mounting,
            Engine engine,
            ProgramRunner programs) {
        this.layout = layout;
        this.containers = containers;
        this.locks = locks;
        this.mounting = mounting;
        this.engine = engine;
        this.programs = programs;
    }

    @SuppressWarnings("try") // locks are held, not used
    void destroy(ContainerId id, Progress progress) {
        // The private area's own lock is not taken: it is about to vanish.
        try (Held held = locks.acquire(id, Work.DESTROYING)) {
            Container container = containers.require(id);
            ContainerStatus status = containers.status(id);
            if (status.isUp()) {
                throw new StencilException(
                        Fault.CONTAINER_RUNNING,
                        "Container " + container.shown() + " is running. Stop it first: vzctl stop " + id);
            }
            if (status.isMounted()) {
                mounting.unmount(container, progress);
            }
            requireOurs(container);
            progress.note("Destroying private area of container " + id + ": "
                    + container.area().path());
            engine.cleanUp(id.text());
            remove(container);
            progress.note("Private area of container " + id + " was destroyed");
            if (!status.exists()) {
                throw new StencilException(
                        Fault.NO_PRIVATE_AREA,
                        "Container " + id + " had no private area at "
                                + container.area().path() + "; its configuration has been removed.");
            }
        } catch (IOException e) {
            throw new StencilException(
                    Fault.DESTROY_FAILED, "Container " + id + " could not be destroyed: " + e.getMessage(), e);
        }
    }

    private void remove(Container container) throws IOException {
        Path home = container.area().path();
        if (container.area().exists()) {
            IdRange ids = container.area().ids();
            var trash = new Trash(home.resolveSibling(".trash"));
            // The configuration lies inside, so what follows needs no reading of it.
            List<Path> names = nameLinks(container);
            trash.discard(home);
            new IdRanges(layout).release(ids, container.id());
            for (Path name : names) {
                Files.deleteIfExists(name);
            }
            trash.emptyInBackground(programs);
        }
        containers.configs().unregister(container.id());
        removeIfEmpty(container.root());
    }

    private List<Path> nameLinks(Container container) {
        return container.config().name().stream()
                .filter(name -> containers
                        .configs()
                        .names()
                        .find(name)
                        .filter(container.id()::equals)
                        .isPresent())
                .map(name -> layout.containerNames().resolve(name))
                .toList();
    }

    /** Guards against a VE_PRIVATE that leads somewhere else. */
    private static void requireOurs(Container container) {
        Path home = container.area().path();
        boolean named = home.endsWith(container.id().text());
        if (container.area().exists() && !container.area().isMarked() && !named) {
            throw new StencilException(
                    Fault.DESTROY_FAILED,
                    home + " does not look like the private area of container " + container.id()
                            + ": it has no .ve.layout and another name. Correct VE_PRIVATE or remove it by hand.");
        }
    }

    private static void removeIfEmpty(Path root) throws IOException {
        try {
            Files.deleteIfExists(root);
        } catch (DirectoryNotEmptyException keptByTheAdministrator) {
            // Not ours.
        }
    }
}
