package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.fixtures.TinyPackage;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Kernel;
import dev.stencil.packages.PackageStore;
import dev.stencil.packages.Proxies;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system that is too small, which a test can enlarge. */
class FullDiskIT {
    @TempDir
    Path directory;

    private Path small = Path.of("");
    private TinyArchive archive;

    @BeforeEach
    void mountSmallFileSystem() throws IOException {
        small = Files.createDirectory(directory.resolve("small"));
        Kernel.mount("none", small.toString(), "tmpfs", 0, "size=512k");
        archive = TinyArchive.in(directory);
        archive.repository.addBase().add(TinyPackage.named("hello")).publish();
    }

    @AfterEach
    void unmount() throws IOException {
        Kernel.umount2(small.toString(), Kernel.MNT_DETACH);
    }

    private void enlarge() throws IOException {
        Kernel.mount("none", small.toString(), "tmpfs", Kernel.MS_REMOUNT, "size=200m");
    }

    @Test
    void fetch_saysThatTheDiskIsFull_andGoesOnWhenItIsNotAnyMore() throws IOException {
        var store = new PackageStore(small, Proxies.NONE);
        Resolution resolution = archive.resolve("hello");

        assertThatThrownBy(() -> store.fetch(resolution.install(), Progress.NONE))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NO_SPACE))
                .hasMessageContaining(small.toString());

        enlarge();
        store.fetch(resolution.install(), Progress.NONE);
        assertThat(resolution.install()).allMatch(store::has);
    }

    @Test
    void populate_saysThatTheDiskIsFull() throws IOException {
        Resolution resolution = archive.resolve("hello");
        archive.manager.fetch(archive.source(), resolution, Progress.NONE);
        Path root = Files.createDirectory(small.resolve("root"));

        assertThatThrownBy(() -> archive.manager.populate(
                        archive.source(), root, resolution, TinyArchive.NO_HOOKS, Progress.NONE))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NO_SPACE));
    }
}
