package dev.stencil.container;

import dev.stencil.container.ContainerLocks.Held;
import dev.stencil.container.ContainerLocks.Work;
import dev.stencil.container.applications.ContainerAccess;
import dev.stencil.container.config.ContainerId;
import dev.stencil.container.config.SettingsChange;
import dev.stencil.container.engine.Engine;
import dev.stencil.container.storage.ContainerMounts;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.tree.TreeStack;
import dev.stencil.linux.Finished;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.template.TemplateArea;
import java.util.List;
import java.util.Map;

/** Everything that is done to containers. Each operation takes the container's lock for its time; commands inside take none. */
public final class ContainerService {
    private final Containers containers;
    private final ContainerLocks locks;
    private final Engine engine;
    private final ContainerMounting mounting;
    private final ContainerCreation creation;
    private final ContainerRemoval removal;
    private final ContainerRunning running;
    private final ContainerSettings settings;
    private final ContainerCommands commands;

    /** What containers are made from. */
    public record Sources(TemplateArea templates, GenerationSource generations, LayerStore layers) {}

    public ContainerService(
            HostLayout layout,
            Containers containers,
            ContainerLocks locks,
            Engine engine,
            Sources sources,
            ProgramRunner programs) {
        var scripts = new ActionScripts(layout, programs);
        this.containers = containers;
        this.locks = locks;
        this.engine = engine;
        this.mounting = new ContainerMounting(new ContainerMounts(programs, layout.run()), sources.layers(), scripts);
        this.creation =
                new ContainerCreation(layout, containers.configs(), locks, sources.templates(), sources.generations());
        this.removal = new ContainerRemoval(layout, containers, locks, mounting, engine, programs);
        this.running = new ContainerRunning(containers, locks, mounting, scripts, engine);
        this.settings = new ContainerSettings(containers, locks, engine);
        this.commands = new ContainerCommands(containers, engine);
    }

    public Containers containers() {
        return containers;
    }

    /** The container that an argument means, as package work sees it; {@code CONTAINER_NAME} when nothing is called so. */
    public ContainerAccess forPackages(String nameOrId) {
        ContainerId id;
        try {
            id = containers.configs().resolve(nameOrId);
        } catch (StencilException e) {
            throw new StencilException(Fault.CONTAINER_NAME, String.valueOf(e.getMessage()), e);
        }
        return new HostedContainer(containers.require(id), containers, locks, mounting, running, engine);
    }

    /**
     * Makes a container, and first the cache of its template when there is none. Of the applications that its profile names
     * it has those that a cache brings along, if there is such a cache already.
     */
    public Container create(CreateContainerRequest request, Progress progress) {
        return creation.create(request, false, progress).container();
    }

    /**
     * As {@link #create(CreateContainerRequest, Progress)}, with all applications that its profile names: in its cache, which
     * is made first, or installed afterwards where they may not be in one. If that fails, nothing stays.
     */
    public Container create(CreateContainerRequest request, ApplicationInstaller installer, Progress progress) {
        ContainerCreation.NewContainer made = creation.create(request, true, progress);
        ContainerId id = request.id();
        if (!made.applications().isEmpty()) {
            try {
                start(id, StartOptions.DEFAULT.waiting(StartOptions.USUAL_WAIT), progress);
                installer.install(id, made.applications(), progress);
                stop(id, StopOptions.DEFAULT, progress);
            } catch (StencilException e) {
                stop(id, StopOptions.FAST, progress);
                destroy(id, progress);
                throw new StencilException(
                        Fault.APPLICATION_NOT_INSTALLED,
                        "Container " + id + " was not created, because its applications could not be installed: "
                                + e.getMessage(),
                        e);
            }
        }
        return containers.require(id);
    }

    /** Removes a container that does not run, with all its data. */
    public void destroy(ContainerId id, Progress progress) {
        removal.destroy(id, progress);
    }

    /** All files of a container as layers, with its own changes on top; a running one changes while it is read. */
    public TreeStack files(ContainerId id) {
        return mounting.files(containers.require(id));
    }

    /** Makes its root appear at VE_ROOT; nothing happens when it is there already. */
    @SuppressWarnings("try") // locks are held, not used
    public void mount(ContainerId id, Progress progress) {
        Container container = containers.require(id);
        try (Held held = locks.acquire(id, Work.MOUNTING, container.area())) {
            if (containers.isMounted(container)) {
                progress.note("Container is already mounted");
            } else {
                mounting.mount(container, progress);
            }
        }
    }

    @SuppressWarnings("try") // locks are held, not used
    public void unmount(ContainerId id, Progress progress) {
        Container container = containers.require(id);
        try (Held held = locks.acquire(id, Work.UNMOUNTING, container.area())) {
            if (containers.guest(id).isPresent()) {
                throw new StencilException(
                        Fault.CONTAINER_RUNNING,
                        "Container " + container.shown() + " is running. Stop it: vzctl stop " + id);
            }
            if (!containers.isMounted(container)) {
                throw new StencilException(
                        Fault.CONTAINER_NOT_MOUNTED, "Container " + container.shown() + " is not mounted.");
            }
            mounting.unmount(container, progress);
        }
    }

    public void start(ContainerId id, StartOptions options, Progress progress) {
        running.start(id, options, progress);
    }

    /** Nothing happens when it does not run. */
    public void stop(ContainerId id, StopOptions options, Progress progress) {
        running.stop(id, options, progress);
    }

    /** Stops it if it runs, and starts it. */
    public void restart(ContainerId id, StartOptions options, Progress progress) {
        running.restart(id, options, progress);
    }

    /** Applies a change to the running container, stores it, or both. */
    public SettingsResult set(ContainerId id, SettingsChange change, boolean save) {
        return settings.set(id, change, save);
    }

    /** Gives it a name, or takes it away with an empty one. */
    @SuppressWarnings("try") // locks are held, not used
    public void rename(ContainerId id, String newName) {
        Container container = containers.require(id);
        try (Held held = locks.acquire(id, Work.SETTING, container.area())) {
            containers.configs().rename(id, newName);
        }
    }

    /** Words joined and read by the container's shell, on the caller's streams. {@code environment} is added. */
    public Finished shell(ContainerId id, List<String> words, Map<String, String> environment) {
        return commands.shell(id, words, environment);
    }

    /** One program with exactly these arguments, on the caller's streams. */
    public Finished execute(ContainerId id, List<String> argv, Map<String, String> environment) {
        return commands.direct(id, argv, environment);
    }

    /** A login shell on a terminal inside. */
    public Finished enter(ContainerId id, Map<String, String> environment) {
        return commands.enter(id, environment);
    }
}
