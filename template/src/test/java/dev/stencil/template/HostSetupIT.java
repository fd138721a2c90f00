package dev.stencil.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.Kills;
import dev.stencil.host.HostLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A first use killed with SIGKILL, at whatever point it had reached, is finished by the next. */
class HostSetupIT {
    private static final int KILLS = 2 * Kills.rounds();
    /** Of a first use, without the start of the JVM. */
    private static final long WHOLE_MILLIS = 240;

    @TempDir
    Path directory;

    /** The process that is killed: announces itself, then sets a host up. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) {
            System.out.println("begin");
            new HostSetup(new HostLayout(Path.of(arguments[0])), Path.of(arguments[1])).ensure();
        }
    }

    @Test
    void aKilledFirstUseIsFinishedByTheNext() throws Exception {
        Path expected = directory.resolve("expected");
        new HostSetup(new HostLayout(expected), HostSetupTest.CHECKOUT).ensure();
        SortedMap<String, String> complete = installed(expected);

        for (int kill = 0; kill < KILLS; kill++) {
            Path root = directory.resolve("killed-" + kill);
            long pause = Kills.moment(kill, KILLS, WHOLE_MILLIS);
            killAfter(root, pause);
            new HostSetup(new HostLayout(root), HostSetupTest.CHECKOUT).ensure();

            assertThat(installed(root)).as("killed after " + pause + " ms").isEqualTo(complete);
        }
    }

    private static void killAfter(Path root, long milliseconds) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process victim = new ProcessBuilder(List.of(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        root.toString(),
                        HostSetupTest.CHECKOUT.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var reader = victim.inputReader()) {
            assertThat(reader.readLine()).isEqualTo("begin");
            Thread.sleep(milliseconds);
        }
        victim.destroyForcibly().waitFor();
    }

    private static SortedMap<String, String> installed(Path root) throws IOException {
        assertThat(Files.isDirectory(root)).isTrue();
        return Trees.describe(root);
    }
}
