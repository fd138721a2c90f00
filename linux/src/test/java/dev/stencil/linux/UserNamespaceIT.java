package dev.stencil.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserNamespaceIT {
    private final HostPrograms host = new HostPrograms();

    @TempDir
    Path directory;

    @Test
    void rootOfAPinnedNamespaceIsNobodyOutside_andOwnsItsNetwork() throws IOException {
        Path user = directory.resolve("user");
        Path network = directory.resolve("net");
        try (var namespace = UserNamespace.open(host, 1_900_000_000, 65536)) {
            namespace.pin(user, network);
        }
        try {
            Finished finished =
                    host.run(Program.of("nsenter", "--user=" + user, "--net=" + network, "--setuid=0", "sh", "-c")
                            .args("ip link set lo up && cat /proc/self/uid_map"));

            assertThat(finished.orThrow().text().strip().split(" +")).containsExactly("0", "1900000000", "65536");
        } finally {
            Mounts.unmount(user);
            Mounts.unmount(network);
        }
    }

    @Test
    void overlayShowsLowersWithShiftedOwners_andDoesNotOpenDevices() throws IOException {
        Path disk =
                Files.createTempDirectory(Path.of("/var/tmp"), "stencil-overlay"); // the lowers need a real file system
        Path lower = Files.createDirectory(disk.resolve("lower"));
        Path upper = Files.createDirectory(disk.resolve("upper"));
        Path target = Files.createDirectory(disk.resolve("target"));
        Path place = Files.createDirectory(disk.resolve("place"));
        Path work = Files.createDirectory(disk.resolve("work"));
        Files.writeString(lower.resolve("file"), "x");
        host.run(Program.of("mknod", lower.resolve("null").toString(), "c", "1", "3"))
                .orThrow();
        try (var namespace = UserNamespace.open(host, 1_900_000_000, 65536)) {
            Mounts.guestOverlay(target, List.of(lower), List.of(place), upper, work, namespace);
            try {
                assertThat(Files.getAttribute(target.resolve("file"), "unix:uid"))
                        .isEqualTo(1_900_000_000);
                assertThatThrownBy(() -> Files.readString(target.resolve("null")))
                        .isInstanceOf(IOException.class);
                assertThat(Files.list(place)).as("nothing stays mounted there").isEmpty();
            } finally {
                Mounts.unmount(target);
            }
        } finally {
            host.run(Program.of("rm", "-rf", disk.toString()));
        }
    }

    @Test
    void idsThatCannotBeMappedAreAnError() {
        assertThatThrownBy(() -> UserNamespace.open(host, 0, 0)).isInstanceOf(IOException.class);
    }
}
