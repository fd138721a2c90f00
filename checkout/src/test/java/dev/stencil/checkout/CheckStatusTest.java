package dev.stencil.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With which status {@code ./check fast} ends, in a checkout whose build and tests only say how they went. */
class CheckStatusTest {
    @TempDir
    Path checkout;

    @BeforeEach
    void makeCheckout() throws IOException {
        Path project = Path.of("..").toAbsolutePath().normalize();
        Files.createDirectories(checkout.resolve("tools"));
        for (String file : new String[] {"check", "tools/find-jdk.sh", "tools/check-scope.sh"}) {
            Files.copy(project.resolve(file), checkout.resolve(file));
        }
        Files.writeString(checkout.resolve("pom.xml"), "    <module>room</module>\n");
        script("tools/setup", "");
        testsEnd("passed=1 failed=0");
        buildEnds(0);
        new HostPrograms()
                .run(Program.of("git", "init", "--quiet", checkout.toString()))
                .orThrow();
    }

    @Test
    void whenAllIsWell_itIsZero() throws IOException {
        Finished done = check();

        assertThat(done.text()).endsWith("\n1 passed, 0 failed\n");
        assertThat(done.status()).isZero();
    }

    @Test
    void whenATestFails_itIsOne() throws IOException {
        testsEnd("passed=0 failed=1");

        Finished done = check();

        assertThat(done.text()).contains("Failed:\nATest: this is wrong\n").endsWith("\n0 passed, 1 failed\n");
        assertThat(done.status()).isEqualTo(1);
    }

    @Test
    void whenTheBuildFails_itIsOne() throws IOException {
        buildEnds(1);

        Finished done = check();

        assertThat(done.text()).contains("The build failed; see above.").endsWith("\n1 passed, 1 failed\n");
        assertThat(done.status()).isEqualTo(1);
    }

    @Test
    void whenAClassIsNotFinished_itIsOne() throws IOException {
        script("tools/run-tests", "mv \"$1\"/waiting/* \"$1/taken/\" || true # the other one was faster");

        Finished done = check();

        assertThat(done.text()).contains("ATest did not come to its end.").endsWith("\n0 passed, 1 failed\n");
        assertThat(done.status()).isEqualTo(1);
    }

    @Test
    void whenAScriptIsUnsound_itIsOne() throws IOException {
        script("tools/unsound", "rm -rf $1/*");

        Finished done = check();

        assertThat(done.text()).contains("shellcheck found something").endsWith("\n1 passed, 1 failed\n");
        assertThat(done.status()).isEqualTo(1);
    }

    private void testsEnd(String counts) throws IOException {
        script(
                "tools/run-tests",
                counts
                        + """

                        for class in "$1"/waiting/*; do
                            [[ -e $class ]] || continue
                            mv "$class" "$1/taken/"
                            echo "0.1 $passed $failed 0 ${class##*:}" >"$1/done/${class##*:}"
                            ((failed == 0)) || echo "${class##*:}: this is wrong" >"$1/failed/${class##*:}"
                        done
                        """);
    }

    private void buildEnds(int status) throws IOException {
        script(
                "programs/mvn",
                """
                mkdir -p {room,fixtures}/target/checked/test-classes
                touch {room,fixtures}/target/checked/test-classpath room/target/checked/test-classes/ATest.class
                echo "[INFO] built"
                exit %d
                """
                        .formatted(status));
    }

    private void script(String name, String text) throws IOException {
        Path file = checkout.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Finished check() throws IOException {
        return new HostPrograms()
                .run(Program.of(checkout.resolve("check").toString(), "fast")
                        .in(checkout)
                        .env("STENCIL_JAVA_HOME", System.getProperty("java.home"))
                        .env("PATH", checkout.resolve("programs") + ":/usr/bin:/bin"));
    }
}
