package dev.stencil.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The main job through the launchers, as {@code ./quickstart} shows it, below a directory of its own. */
@TestMethodOrder(OrderAnnotation.class)
class QuickstartIT {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final String ID = "597";

    private static Path root = HOME;

    @BeforeAll
    static void makeRoot() throws IOException {
        root = Files.createTempDirectory(Path.of("/var/tmp"), "stencil-quickstart-");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x")); // containers are other users
    }

    @AfterAll
    static void cleanUp() throws IOException {
        run("bin/vzctl", "stop", ID, "--fast");
        run("bin/vzctl", "destroy", ID);
        new HostPrograms().run(Program.of("rm", "-rf", "--one-file-system", root.toString()));
    }

    @Test
    @Order(1)
    void firstRunServesAPageFromAContainer() throws IOException {
        Finished done = run("quickstart");

        assertThat(done.status()).as(done.stderrEnd()).isZero();
        assertThat(done.text())
                .contains("<title>Welcome to nginx!</title>")
                .containsPattern(ID + " +[0-9]+ running")
                .containsPattern("[0-9.]+ s +vzpkg create cache debian-12-x86_64-minimal");
    }

    @Test
    @Order(2)
    void secondRunTakesSeconds() throws IOException {
        Finished done = run("quickstart");

        assertThat(done.status()).as(done.stderrEnd()).isZero();
        assertThat(done.text()).contains("<title>Welcome to nginx!</title>").contains("(is there)");
        assertThat(done.elapsed()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    @Order(3)
    void listTellsWhatCouldBeAddedToTheContainer() throws IOException {
        Finished available = run("bin/vzpkg", "list", "--available", ID);

        assertThat(available.text()).contains(" apache ").doesNotContain(" nginx ");
        assertThat(run("bin/vzpkg", "list", "-1", ID).text()).isEmpty();
    }

    @Test
    @Order(4)
    void signalEndsTheMakingOfACacheWithItsCodeAndLeavesNothing() throws IOException {
        Finished done = run("timeout", "--signal=TERM", "4", "bin/vzpkg", "create", "cache", "debian-12-x86_64-lamp");

        assertThat(done.status()).as("timeout(1) gives 124 after its signal").isEqualTo(124);
        assertThat(done.stderrEnd()).contains("Interrupted by a signal");
        Path caches = root.resolve("vz/template/stencil/caches/debian-12-x86_64-lamp");
        if (Files.exists(caches)) {
            try (Stream<Path> left = Files.list(caches)) {
                assertThat(left).isEmpty();
            }
        }
    }

    private static Finished run(String name, String... words) throws IOException {
        boolean ours = Files.exists(HOME.resolve(name));
        return new HostPrograms()
                .run(Program.of(ours ? HOME.resolve(name).toString() : name)
                        .args(words)
                        .in(HOME)
                        .env("STENCIL_ROOT", root.toString())
                        .env("STENCIL_QUICKSTART_ID", ID));
    }
}
