package dev.stencil.container;

import dev.stencil.container.ActionScripts.Moment;
import dev.stencil.container.storage.ContainerMount;
import dev.stencil.container.storage.ContainerMounts;
import dev.stencil.container.undo.OperationLog;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.tree.TreeStack;
import dev.stencil.linux.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Mounts and unmounts roots, with the administrator's scripts around; source: spec vzctl 3.5. Callers hold the lock. */
final class ContainerMounting {
    private static final Duration BUSY_WAIT = Duration.ofSeconds(10);

    private final ContainerMounts mounts;
    private final LayerStore layers;
    private final ActionScripts scripts;

    ContainerMounting(ContainerMounts mounts, LayerStore layers, ActionScripts scripts) {
        this.mounts = mounts;
        this.layers = layers;
        this.scripts = scripts;
    }

    void mount(Container container, Progress progress) {
        container.area().require();
        requireWhole(container);
        Path root = container.root();
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.MOUNT_POINT, "Cannot make the mount point " + root + ": " + e.getMessage(), e);
        }
        if (!scripts.premount(container)) {
            attach(container);
        }
        try {
            scripts.run(Moment.MOUNT, container);
        } catch (StencilException e) {
            detach(container);
            throw e;
        }
        progress.note("Container is mounted");
    }

    /** A rollback that was killed in a container that was down has left a mixture, which must not be used. */
    private static void requireWhole(Container container) {
        if (new OperationLog(container.area().path(), container.id().text()).isRollbackPending()) {
            throw new StencilException(
                    Fault.LOCKED,
                    "A rollback of container " + container.shown()
                            + " was killed or is at work. Finish it with: vzpkg rollback " + container.id());
        }
    }

    void unmount(Container container, Progress progress) {
        scripts.run(Moment.UMOUNT, container);
        detach(container);
        scripts.run(Moment.POSTUMOUNT, container);
        progress.note("Container is unmounted");
    }

    /** For a root that its guest's monitor has unmounted: the scripts still get their turn. */
    void afterUnmount(Container container, Progress progress) {
        scripts.run(Moment.UMOUNT, container);
        scripts.run(Moment.POSTUMOUNT, container);
        progress.note("Container is unmounted");
    }

    /** Mounts at {@code target}, read-only, what the root is when {@code tree} stands in place of its changes. */
    void view(Container container, Path tree, Path target) throws IOException {
        PrivateArea area = container.area();
        mounts.view(new ContainerMount(
                trees(container), tree, area.work(), target, area.ids().shift()));
    }

    void endView(Path target) throws IOException {
        mounts.unmount(target);
    }

    /** What the root is made of, to be read without mounting it. */
    TreeStack files(Container container) {
        PrivateArea area = container.area();
        List<TreeStack.Layer> stack = new ArrayList<>();
        trees(container).forEach(tree -> stack.add(new TreeStack.Layer(tree, 0)));
        stack.add(new TreeStack.Layer(area.upper(), area.ids().base()));
        return new TreeStack(stack);
    }

    private List<Path> trees(Container container) {
        return container.area().layers().stream()
                .map(digest -> layers.require(digest, "container " + container.id()))
                .map(Layer::files)
                .toList();
    }

    private void attach(Container container) {
        PrivateArea area = container.area();
        var mount = new ContainerMount(
                trees(container),
                area.upper(),
                area.work(),
                container.root(),
                area.ids().shift());
        try {
            mounts.mount(mount);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.MOUNT_FAILED,
                    "Cannot mount the root of container " + container.shown() + " at " + container.root() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** Waits a little for users that are just leaving. */
    private void detach(Container container) {
        long deadline = System.nanoTime() + BUSY_WAIT.toNanos();
        while (true) {
            try {
                mounts.unmount(container.root());
                return;
            } catch (Errno e) {
                if (e.number() != Errno.EBUSY || System.nanoTime() > deadline) {
                    throw notUnmounted(
                            container, e.number() == Errno.EBUSY ? Fault.UNMOUNT_BUSY : Fault.UNMOUNT_FAILED, e);
                }
            } catch (IOException e) {
                throw notUnmounted(container, Fault.UNMOUNT_FAILED, e);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StencilException(Fault.UNMOUNT_BUSY, "Interrupted while waiting to unmount.", e);
        }
    }

    private static StencilException notUnmounted(Container container, Fault fault, IOException e) {
        return new StencilException(
                fault,
                "Cannot unmount " + container.root() + " of container " + container.shown() + ": " + e.getMessage()
                        + ". See who uses it: fuser -vm " + container.root(),
                e);
    }
}
