package dev.stencil.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** In a user namespace with a limit of its own, so that nobody else runs short. */
class InotifyInstancesIT {
    private static final String ENTER =
            """
            echo 12 >/proc/sys/user/max_inotify_instances
            exec "$@"
            """;

    @Test
    void asManyAreFreeAsTheLimitSays_andAllAreGivenBack() throws IOException {
        Finished said = new HostPrograms()
                .run(Program.of("unshare", "--user", "--map-root-user", "sh", "-c", ENTER, "enter")
                        .args(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString())
                        .args("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"))
                        .args(Asked.class.getName())
                        .timeout(Duration.ofMinutes(1)))
                .orThrow();

        assertThat(said.text()).isEqualTo("12 true, 13 false, 12 true\n");
    }

    @Test
    void theLimitIsThatOfTheHost() throws IOException {
        assertThat(InotifyInstances.limit())
                .isEqualTo(Integer.parseInt(Files.readString(Path.of("/proc/sys/user/max_inotify_instances"))
                        .strip()));
    }

    @Test
    void aNewInstance_isADescriptor() throws IOException {
        int descriptor = Kernel.inotifyInit1();
        try {
            assertThat(Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)))
                    .hasToString("anon_inode:inotify");
        } finally {
            Kernel.close(descriptor);
        }
    }

    /** What the JVM in the namespace runs. */
    static final class Asked {
        private Asked() {}

        public static void main(String[] none) throws IOException {
            System.out.println("12 " + InotifyInstances.areFree(12) + ", 13 " + InotifyInstances.areFree(13) + ", 12 "
                    + InotifyInstances.areFree(12));
        }
    }
}
