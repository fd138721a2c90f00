package dev.stencil.container;

import dev.stencil.container.applications.ContainerAccess;
import dev.stencil.container.config.ContainerConfig;
import dev.stencil.container.engine.Engine;
import dev.stencil.container.engine.RunningGuest;
import dev.stencil.container.undo.ContainerStorage;
import dev.stencil.host.ConfigFile;
import dev.stencil.host.Progress;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.packages.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A container of this host as package work sees it. */
final class HostedContainer implements ContainerAccess {
    private final Container container;
    private final Containers containers;
    private final ContainerLocks locks;
    private final ContainerMounting mounting;
    private final ContainerRunning running;
    private final Engine engine;

    HostedContainer(
            Container container,
            Containers containers,
            ContainerLocks locks,
            ContainerMounting mounting,
            ContainerRunning running,
            Engine engine) {
        this.container = container;
        this.containers = containers;
        this.locks = locks;
        this.mounting = mounting;
        this.running = running;
        this.engine = engine;
    }

    @Override
    public String id() {
        return container.id().text();
    }

    @Override
    public State state() {
        Optional<RunningGuest> guest = containers.guest(container.id());
        if (guest.isPresent()) {
            return guest.get().isFrozen() ? State.SUSPENDED : State.RUNNING;
        }
        return containers.isMounted(container) ? State.MOUNTED : State.DOWN;
    }

    @Override
    public Optional<String> osTemplate() {
        return container.config().osTemplate();
    }

    @Override
    public List<String> applications() {
        return current().applications().stream()
                .map(HostedContainer::withoutDot)
                .toList();
    }

    @Override
    public List<String> excludes() {
        return container.config().list("EXCLUDE");
    }

    @Override
    public Path root() {
        return container.root();
    }

    @Override
    public Path area() {
        return container.area().path();
    }

    @Override
    public Optional<ContainerStorage> storage() {
        return Optional.of(new HostedStorage(container, containers, mounting, engine));
    }

    @Override
    public Path templates() {
        return container.area().templates();
    }

    @Override
    public Target inside() {
        return new Inside(container, engine);
    }

    @Override
    public Hold lock(String doing) {
        return locks.acquire(container.id(), doing, container.area())::close;
    }

    @Override
    public Hold mounted() {
        if (state() != State.DOWN) {
            return Hold.NOTHING;
        }
        var lock = locks.acquire(container.id(), ContainerLocks.Work.MOUNTING, container.area());
        try {
            mounting.mount(container, Progress.NONE);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        return () -> {
            try {
                mounting.unmount(container, Progress.NONE);
            } finally {
                lock.close();
            }
        };
    }

    @Override
    public void saveApplications(List<String> names) {
        String text = ContainerConfig.applicationsText(names);
        containers.configs().save(container.id(), Map.of("TEMPLATES", Optional.of(text)));
    }

    @Override
    public Map<String, Optional<String>> settings(Set<String> keys) {
        ConfigFile own = current().own();
        Map<String, Optional<String>> settings = new HashMap<>();
        keys.forEach(key -> settings.put(key, own.nonEmpty(key)));
        return settings;
    }

    @Override
    public void saveSettings(Map<String, Optional<String>> changes) {
        containers.configs().save(container.id(), changes);
    }

    @Override
    public void stop(Progress progress) {
        running.stop(container.id(), StopOptions.DEFAULT, progress);
    }

    @Override
    public void start(Progress progress) {
        running.start(container.id(), StartOptions.DEFAULT.waiting(StartOptions.USUAL_WAIT), progress);
    }

    private ContainerConfig current() {
        return containers.configs().require(container.id());
    }

    private static String withoutDot(String name) {
        return name.startsWith(".") ? name.substring(1) : name;
    }

    /** The running container's namespaces, with its root as the host sees it. */
    private record Inside(Container container, Engine engine) implements Target {
        @Override
        public Path root() {
            return container.root();
        }

        @Override
        public int idShift() {
            return container.area().ids().base();
        }

        @Override
        public Finished run(Program program) throws IOException {
            return engine.inside(container.id().text()).run(program);
        }
    }
}
