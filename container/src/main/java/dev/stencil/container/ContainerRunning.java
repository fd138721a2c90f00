package dev.stencil.container;

import dev.stencil.container.ContainerLocks.Held;
import dev.stencil.container.ContainerLocks.Work;
import dev.stencil.container.config.ContainerId;
import dev.stencil.container.engine.Engine;
import dev.stencil.container.engine.GuestSpec;
import dev.stencil.container.engine.RunningGuest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Optional;

/** Starts and stops containers; order of the steps: spec vzctl 3.6 and 3.7. */
final class ContainerRunning {
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final Containers containers;
    private final ContainerLocks locks;
    private final ContainerMounting mounting;
    private final ActionScripts scripts;
    private final Engine engine;

    ContainerRunning(
            Containers containers,
            ContainerLocks locks,
            ContainerMounting mounting,
            ActionScripts scripts,
            Engine engine) {
        this.containers = containers;
        this.locks = locks;
        this.mounting = mounting;
        this.scripts = scripts;
        this.engine = engine;
    }

    @SuppressWarnings("try") // locks are held, not used
    void start(ContainerId id, StartOptions options, Progress progress) {
        Container container = containers.require(id);
        try (Held held = locks.acquire(id, Work.STARTING, container.area())) {
            Optional<RunningGuest> guest = containers.guest(id);
            if (guest.isPresent() && guest.get().isFrozen()) {
                engine.thaw(id.text());
                progress.note("Container is running again");
                return;
            }
            if (guest.isPresent()) {
                throw new StencilException(
                        Fault.CONTAINER_RUNNING, "Container " + container.shown() + " is already running.");
            }
            requireStartable(container, options);
            progress.note("Starting Container " + container.shown() + " ...");
            // What a crash of the host, or of an earlier start, has left.
            engine.cleanUp(id.text());
            if (containers.isMounted(container)) {
                mounting.unmount(container, progress);
            }
            mounting.mount(container, progress);
            engine.shortage().ifPresent(progress::note);
            boot(container, options, progress);
            Files.write(container.area().runningMark(), new byte[0]);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.ENVIRONMENT,
                    "Container " + container.shown() + " could not be started: " + e.getMessage(),
                    e);
        }
    }

    @SuppressWarnings("try") // locks are held, not used
    void stop(ContainerId id, StopOptions options, Progress progress) {
        Container container = containers.require(id);
        try (Held held = locks.acquire(id, Work.STOPPING, container.area())) {
            Optional<RunningGuest> guest = containers.guest(id);
            Files.deleteIfExists(container.area().runningMark());
            if (guest.isEmpty()) {
                progress.note("Container is not running");
                return;
            }
            progress.note("Stopping Container " + container.shown() + " ...");
            if (!options.isFast() && !guest.get().isFrozen()) {
                scripts.runInside("stop", container, engine.inside(id.text()));
            }
            if (options.isFast() || !engine.stop(id.text(), GRACE)) {
                engine.kill(id.text());
            }
            if (containers.guest(id).isPresent()) {
                throw new StencilException(
                        Fault.STOP_FAILED,
                        "Container " + container.shown() + " could not be stopped. Look at its processes.");
            }
            progress.note("Container was stopped");
            settle(container, options, progress);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.STOP_FAILED,
                    "Container " + container.shown() + " could not be stopped: " + e.getMessage(),
                    e);
        }
    }

    @SuppressWarnings("try") // locks are held, not used
    void restart(ContainerId id, StartOptions options, Progress progress) {
        Container container = containers.require(id);
        try (Held held = locks.acquire(id, Work.RESTARTING, container.area())) {
            requireStartable(container, options);
            if (containers.guest(id).isPresent()) {
                stop(id, StopOptions.DEFAULT, progress);
            }
            start(id, options, progress);
        }
    }

    private void boot(Container container, StartOptions options, Progress progress) throws IOException {
        boolean started = false;
        try {
            boolean ipv6 = isIpv6On();
            if (!options.skipsSetup()) {
                ContainerGuest.personalise(container, ipv6);
            }
            GuestSpec spec = ContainerGuest.spec(container, ipv6);
            if (options.waitLimit().isPresent()) {
                engine.startAndWait(spec, options.waitLimit().get());
                progress.note("Container was started");
            } else {
                engine.start(spec);
                progress.note("Container start in progress...");
            }
            scripts.runInside("start", container, engine.inside(container.id().text()));
            started = true;
        } catch (StencilException e) {
            // A guest that is only late goes on booting.
            started = e.fault() == Fault.WAIT_FAILED;
            throw e;
        } finally {
            if (!started) {
                undo(container, progress);
            }
        }
    }

    private void undo(Container container, Progress progress) throws IOException {
        engine.kill(container.id().text());
        engine.cleanUp(container.id().text());
        if (containers.isMounted(container)) {
            mounting.unmount(container, progress);
        }
    }

    private void settle(Container container, StopOptions options, Progress progress) {
        boolean mounted = containers.isMounted(container);
        if (options.staysMounted()) {
            if (!mounted) {
                mounting.mount(container, progress);
            }
        } else if (mounted) {
            mounting.unmount(container, progress);
        } else {
            mounting.afterUnmount(container, progress);
        }
    }

    private boolean isIpv6On() {
        return !containers
                .configs()
                .global()
                .file()
                .get("IPV6")
                .filter("no"::equalsIgnoreCase)
                .isPresent();
    }

    private static void requireStartable(Container container, StartOptions options) {
        boolean template =
                container.config().get("VE_TYPE").filter("template"::equals).isPresent();
        if (template || (container.config().isYes("DISABLED") && !options.isForced())) {
            throw new StencilException(
                    Fault.START_DISABLED,
                    "Container " + container.shown()
                            + (template
                                    ? " is a template (VE_TYPE) and cannot be started."
                                    : " is disabled. Use --force, or: vzctl set " + container.id()
                                            + " --disabled no --save"));
        }
        container.area().require();
        requireReachable(container);
    }

    /** Root of a user namespace is nobody special on the host, and has to walk to its root directory. */
    private static void requireReachable(Container container) {
        if (!container.area().ids().isShifted()) {
            return;
        }
        for (Path folder = container.root().getParent(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder) && !isOpenToOthers(folder)) {
                throw new StencilException(
                        Fault.MOUNT_POINT,
                        "Container " + container.shown() + " cannot reach its root " + container.root() + ": " + folder
                                + " is closed to other users. Open the way: chmod o+x " + folder);
            }
        }
    }

    private static boolean isOpenToOthers(Path folder) {
        try {
            return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE);
        } catch (IOException e) {
            throw new StencilException(Fault.MOUNT_POINT, "Cannot look at " + folder + ": " + e.getMessage(), e);
        }
    }
}
