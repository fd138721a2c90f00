package dev.stencil.container.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import dev.stencil.linux.oci.OciIsolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContainerMountsIT {
    private static final OciIsolation.Ids IDS = new OciIsolation.Ids(1_900_000_000, 65536);

    private final HostPrograms host = new HostPrograms();

    /** On the disk: a tmpfs cannot hold the changes of an overlay on every kernel. */
    private Path directory = Path.of("/");

    private ContainerMounts mounts = new ContainerMounts(host, directory);

    @BeforeEach
    void makeLayers() throws IOException {
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "stencil-mounts");
        mounts = new ContainerMounts(host, directory.resolve("run"));
        for (String folder : List.of("low", "high", "changes", "work", "other-work")) {
            Files.createDirectory(directory.resolve(folder));
        }
        Files.writeString(directory.resolve("low/both"), "low");
        Files.writeString(directory.resolve("low/only"), "low");
        Files.writeString(directory.resolve("high/both"), "high");
        for (String folder : List.of("changes", "work")) {
            Files.setAttribute(directory.resolve(folder), "unix:uid", IDS.first());
        }
    }

    @AfterEach
    void remove() throws IOException {
        for (String target : List.of("root", "second")) {
            if (mounts.isMounted(directory.resolve(target))) {
                mounts.unmount(directory.resolve(target));
            }
        }
        host.run(Program.of("rm", "-rf", "--one-file-system", directory.toString()))
                .orThrow();
    }

    @Test
    void layersAreStackedAndShifted_andStayAsTheyAre() throws IOException {
        mounts.mount(root("root", "work"));

        Path root = directory.resolve("root");
        assertThat(root.resolve("both")).hasContent("high");
        assertThat(Files.getAttribute(root.resolve("only"), "unix:uid")).isEqualTo(IDS.first());
        Files.writeString(root.resolve("only"), "changed");
        mounts.unmount(root);

        assertThat(directory.resolve("low/only")).hasContent("low");
        assertThat(directory.resolve("changes/only")).hasContent("changed");
        assertThat(directory.resolve("run")).isEmptyDirectory();
    }

    @Test
    void changesAreNeverMountedTwice() throws IOException {
        mounts.mount(root("root", "work"));

        assertThatThrownBy(() -> mounts.mount(root("second", "other-work")))
                .hasMessageContaining("mounted already")
                .hasMessageContaining(directory.resolve("root").toString());
        assertThat(mounts.isMounted(directory.resolve("second"))).isFalse();
    }

    @Test
    void aMountPointInUseIsRefused() throws IOException {
        mounts.mount(root("root", "work"));

        assertThatThrownBy(() -> mounts.mount(root("root", "work"))).hasMessageContaining("mount point already");
    }

    @Test
    void aMissingLayerLeavesNothing() {
        var broken = new ContainerMount(
                List.of(directory.resolve("low"), directory.resolve("missing")),
                directory.resolve("changes"),
                directory.resolve("work"),
                directory.resolve("root"),
                Optional.of(IDS));

        assertThatThrownBy(() -> mounts.mount(broken)).hasMessageContaining("missing");
        assertThat(directory.resolve("run")).isEmptyDirectory();
    }

    private ContainerMount root(String target, String work) {
        return new ContainerMount(
                List.of(directory.resolve("low"), directory.resolve("high")),
                directory.resolve("changes"),
                directory.resolve(work),
                directory.resolve(target),
                Optional.of(IDS));
    }
}
