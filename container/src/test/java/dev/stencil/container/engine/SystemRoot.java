package dev.stencil.container.engine;

import dev.stencil.container.storage.ContainerMount;
import dev.stencil.container.storage.ContainerMounts;
import dev.stencil.fixtures.DebianRoot;
import dev.stencil.host.HostLayout;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import dev.stencil.linux.oci.OciIsolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A small Debian with systemd, made once per machine and week with mmdebstrap, and containers on top of it. */
public final class SystemRoot {
    private static final Path RUNS = Path.of("/var/tmp/stencil-tests");
    private static final DebianRoot SYSTEM =
            new DebianRoot("bookworm", "minbase", "systemd-sysv,dbus,iproute2,ifupdown,iputils-ping");

    final HostLayout layout;
    final HostPrograms host = new HostPrograms();
    final RuntimeEngine engine;
    final ContainerMounts mounts;

    SystemRoot(HostLayout layout) {
        this.layout = layout;
        this.engine = new RuntimeEngine(layout, host, InstantSource.system());
        this.mounts = new ContainerMounts(host, layout.run());
    }

    /** An installation of its own on the disk: an overlay needs a real file system for its changes. */
    static SystemRoot create() throws IOException {
        Files.createDirectories(RUNS);
        Path root = Files.createTempDirectory(RUNS, "run-");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(root.resolve("run/stencil"));
        return new SystemRoot(new HostLayout(root));
    }

    /** The tree itself, never to be written. */
    public static Path layer() throws IOException {
        return SYSTEM.kept(tree -> {
            Files.write(tree.resolve("etc/machine-id"), new byte[0]);
            Files.deleteIfExists(tree.resolve("etc/hostname"));
        });
    }

    static OciIsolation.Ids ids(int number) {
        return new OciIsolation.Ids(0x70000000 + number * 65536, 65536);
    }

    /** A mounted root for container {@code number}, ids 200 to 299. */
    GuestSpec container(int number) throws IOException {
        OciIsolation.Ids ids = ids(number);
        mounts.mount(new ContainerMount(
                List.of(layer()),
                changes(number, ids.first()),
                work(number, ids.first()),
                root(number),
                Optional.of(ids)));
        var identity = new GuestSpec.Identity("ct" + number, new UUID(0x4000L, 0x8000000000000000L + number), Map.of());
        return GuestSpec.of(Integer.toString(number), root(number), identity, ids);
    }

    /** The same without a user namespace. */
    GuestSpec privileged(int number) throws IOException {
        mounts.mount(new ContainerMount(
                List.of(layer()), changes(number, 0), work(number, 0), root(number), Optional.empty()));
        var identity = new GuestSpec.Identity("ct" + number, new UUID(0x4000L, 0x8000000000000000L + number), Map.of());
        return GuestSpec.of(Integer.toString(number), root(number), identity, ids(number))
                .privileged();
    }

    Path root(int number) {
        return layout.at("/vz/root/" + number);
    }

    private Path changes(int number, int owner) throws IOException {
        return owned(layout.at("/vz/private/" + number + "/fs"), owner);
    }

    private Path work(int number, int owner) throws IOException {
        return owned(layout.at("/vz/private/" + number + "/work"), owner);
    }

    private static Path owned(Path directory, int owner) throws IOException {
        Files.createDirectories(directory);
        Files.setAttribute(directory, "unix:uid", owner);
        Files.setAttribute(directory, "unix:gid", owner);
        return directory;
    }

    /** Kills what still runs and removes the installation. */
    void remove() throws IOException {
        for (RunningGuest guest : engine.all()) {
            engine.kill(guest.id());
        }
        host.run(Program.of("rm", "-rf", "--one-file-system", layout.root().toString()))
                .orThrow();
    }
}
