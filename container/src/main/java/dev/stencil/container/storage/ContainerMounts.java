package dev.stencil.container.storage;

import dev.stencil.linux.Flock;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.UserNamespace;
import dev.stencil.linux.oci.OciIsolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Mounts roots of containers. The kernel mounts one directory of changes a second time without a word and then corrupts it
 * ({@code overlayfs.rst}), so each mount looks at the mount table first, under a lock on that directory.
 */
public final class ContainerMounts {
    private static final Duration LOCK_WAIT = Duration.ofSeconds(10);

    private final ProgramRunner host;
    private final Path scratch;

    /** {@code scratch} is a directory for short-lived mount points, made when missing: {@code HostLayout.run()} or below. */
    public ContainerMounts(ProgramRunner host, Path scratch) {
        this.host = host;
        this.scratch = scratch;
    }

    /** Makes {@code target} the root of the container. Fails when anything of it is mounted already. */
    public void mount(ContainerMount root) throws IOException {
        Path upper = root.upper().toRealPath();
        Path work = root.work().toRealPath();
        Files.createDirectories(root.target());
        Flock lock = Flock.directory(upper, LOCK_WAIT)
                .orElseThrow(() -> new IOException("another command is mounting " + upper + ": wait for it"));
        try (lock) {
            requireUnused(upper, root.target());
            if (root.ids().isPresent()) {
                mountShifted(root, upper, work, root.ids().get());
            } else {
                Mounts.guestOverlay(root.target(), root.layers(), upper, work);
            }
        }
    }

    /**
     * Makes {@code target} show, read-only, what the root is with {@code upper} as its changes; {@code upper} is only read.
     * {@code work} is not used.
     */
    public void view(ContainerMount root) throws IOException {
        Files.createDirectories(root.target());
        if (root.ids().isPresent()) {
            shifted(
                    root,
                    root.ids().get(),
                    (places, namespace) ->
                            Mounts.guestView(root.target(), root.layers(), places, root.upper(), namespace));
        } else {
            List<Path> all = new ArrayList<>(root.layers());
            all.add(root.upper());
            Mounts.guestView(root.target(), all);
        }
    }

    private static void requireUnused(Path upper, Path target) throws IOException {
        Path place = target.toRealPath();
        for (Mounts.Mount mount : Mounts.current()) {
            if (mount.target().equals(place)) {
                throw new IOException(target + " is a mount point already (" + mount.source() + ")");
            }
            if (mount.type().equals("overlay") && ("," + mount.options() + ",").contains(",upperdir=" + upper + ",")) {
                throw new IOException(upper + " is mounted already, at " + mount.target());
            }
        }
    }

    private void mountShifted(ContainerMount root, Path upper, Path work, OciIsolation.Ids ids) throws IOException {
        shifted(
                root,
                ids,
                (places, namespace) ->
                        Mounts.guestOverlay(root.target(), root.layers(), places, upper, work, namespace));
    }

    @FunctionalInterface
    private interface Shifted {
        void mount(List<Path> places, UserNamespace namespace) throws IOException;
    }

    private void shifted(ContainerMount root, OciIsolation.Ids ids, Shifted how) throws IOException {
        Files.createDirectories(scratch);
        Path places = Files.createTempDirectory(scratch, ".layers-");
        List<Path> made = new ArrayList<>();
        try (var namespace = UserNamespace.open(host, ids.first(), ids.count())) {
            for (int i = 0; i < root.layers().size(); i++) {
                made.add(Files.createDirectory(places.resolve(Integer.toString(i))));
            }
            how.mount(made, namespace);
        } finally {
            for (Path place : made) {
                Files.deleteIfExists(place);
            }
            Files.deleteIfExists(places);
        }
    }

    public boolean isMounted(Path target) throws IOException {
        return Files.exists(target) && Mounts.isMountPoint(target.toRealPath());
    }

    /** Unmounts a root and everything mounted below it; EBUSY when a process of the host is in it. */
    public void unmount(Path target) throws IOException {
        Path place = target.toRealPath();
        List<Path> below = Mounts.current().stream()
                .map(Mounts.Mount::target)
                .filter(mounted -> mounted.startsWith(place))
                .toList();
        for (Path mounted : below.reversed()) {
            Mounts.unmount(mounted);
        }
    }
}
