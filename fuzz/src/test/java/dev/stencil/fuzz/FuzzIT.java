package dev.stencil.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A short run of the fuzzer over every parser of foreign input; {@code tools/fuzz} has longer ones. */
class FuzzIT {
    private static final String SECONDS_EACH = "1";

    @Test
    void theFuzzerFindsNothing() throws IOException, InterruptedException, URISyntaxException {
        Path tool = Path.of("../tools/fuzz").toAbsolutePath().normalize();

        Process fuzzer = new ProcessBuilder(
                        tool.toString(), "--compiled", buildDirectory().toString(), SECONDS_EACH)
                .redirectErrorStream(true)
                .start();
        String said = new String(fuzzer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(fuzzer.waitFor()).as(said).isZero();
        assertThat(said).contains("LockFuzz", " runs, corpus ").doesNotContain("FOUND SOMETHING");
    }

    /** Where these classes were compiled to: the jars lie there too. */
    private static Path buildDirectory() throws URISyntaxException {
        return Path.of(FuzzIT.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .getParent();
    }
}
