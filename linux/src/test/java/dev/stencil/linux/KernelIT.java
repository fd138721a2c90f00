package dev.stencil.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** System calls that need root. */
class KernelIT {
    @TempDir
    Path directory;

    @Test
    void overlay_stacksLowersFromTheBottomUp() throws IOException {
        Path bottom = Files.createDirectory(directory.resolve("bottom"));
        Path top = Files.createDirectory(directory.resolve("top"));
        Path merged = Files.createDirectory(directory.resolve("merged"));
        Files.writeString(bottom.resolve("file"), "bottom");
        Files.writeString(bottom.resolve("only"), "bottom");
        Files.writeString(top.resolve("file"), "top");

        Mounts.overlay(merged, List.of(bottom, top), mkdir("upper"), mkdir("work"));
        try {
            assertThat(Mounts.isMountPoint(merged)).isTrue();
            assertThat(merged.resolve("file")).hasContent("top");
            assertThat(merged.resolve("only")).hasContent("bottom");
            Files.writeString(merged.resolve("file"), "changed");
        } finally {
            Mounts.unmount(merged);
        }

        assertThat(top.resolve("file")).hasContent("top");
        assertThat(Mounts.isMountPoint(merged)).isFalse();
    }

    @Test
    void overlay_takesAHundredLayers() throws IOException {
        Path merged = mkdir("merged");
        var lowers = new java.util.ArrayList<Path>();
        for (int i = 0; i < 100; i++) {
            lowers.add(mkdir("layer" + i));
            Files.writeString(lowers.getLast().resolve("f" + i), "x");
        }

        Mounts.overlay(merged, lowers, mkdir("upper"), mkdir("work"));
        try {
            assertThat(merged.toFile().list()).hasSize(100);
        } finally {
            Mounts.unmount(merged);
        }
    }

    @Test
    void unmount_ofWhatIsNotMountedIsInvalid() {
        assertThatThrownBy(() -> Mounts.unmount(directory))
                .isInstanceOfSatisfying(Errno.class, e -> assertThat(e.number()).isEqualTo(Errno.EINVAL));
    }

    @Test
    void mknodat_makesADeviceWithTheRightNumbers() throws IOException {
        String path = directory.resolve("null").toString();

        Kernel.mknodat(Kernel.AT_FDCWD, path, Kernel.S_IFCHR | 0x1B6, Kernel.device(1, 3));

        FileStatus status = Kernel.statx(Kernel.AT_FDCWD, path, Kernel.AT_SYMLINK_NOFOLLOW);
        assertThat(status.type()).isEqualTo(Kernel.S_IFCHR);
        assertThat(status.nodeDevice()).isEqualTo(Kernel.device(1, 3));
    }

    @Test
    void xattrs_areWrittenReadListedAndRemoved() throws IOException {
        String path = Files.createFile(directory.resolve("file")).toString();
        byte[] value = "yes".getBytes(StandardCharsets.UTF_8);

        Kernel.lsetxattr(path, "trusted.stencil", value);
        assertThat(Kernel.lgetxattr(path, "trusted.stencil"))
                .hasValueSatisfying(v -> assertThat(v).isEqualTo(value));
        assertThat(Kernel.llistxattr(path)).contains("trusted.stencil");
        Kernel.lremovexattr(path, "trusted.stencil");

        assertThat(Kernel.lgetxattr(path, "trusted.stencil")).isEmpty();
    }

    @Test
    void utimensat_andOwnerAreExact() throws IOException {
        String path = Files.createFile(directory.resolve("file")).toString();

        Kernel.fchownat(Kernel.AT_FDCWD, path, 12345, 54321, Kernel.AT_SYMLINK_NOFOLLOW);
        Kernel.utimensat(Kernel.AT_FDCWD, path, 1_000_000_000L, 123_456_789, Kernel.AT_SYMLINK_NOFOLLOW);

        FileStatus status = Kernel.statx(Kernel.AT_FDCWD, path, 0);
        assertThat(status.uid()).isEqualTo(12345);
        assertThat(status.gid()).isEqualTo(54321);
        assertThat(status.mtimeSeconds()).isEqualTo(1_000_000_000L);
        assertThat(status.mtimeNanos()).isEqualTo(123_456_789);
    }

    private Path mkdir(String name) throws IOException {
        return Files.createDirectory(directory.resolve(name));
    }
}
