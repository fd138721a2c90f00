package dev.stencil.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code tools/jdk.pin} is of one piece after a change. */
class JdkPinTest {
    private static final Path PIN = Path.of("..").toAbsolutePath().normalize().resolve("tools/jdk.pin");

    @Test
    void archivesOfBothArchitecturesAreOfItsVersion() throws IOException {
        Map<String, String> pin = new TreeMap<>();
        for (String line : Files.readAllLines(PIN)) {
            if (!line.startsWith("#")) {
                String[] words = line.split(" +", 2);
                pin.put(words[0], words[1]);
            }
        }

        assertThat(pin).containsOnlyKeys("version", "limit", "x86_64", "aarch64");
        assertThat(pin.get("version")).matches("25[.][0-9.]+\\+[0-9]+");
        String file = pin.get("version").replace('+', '_') + ".tar.gz";
        assertThat(pin.get("x86_64")).matches("[0-9a-f]{64}  https://.*_x64_linux_.*_" + file);
        assertThat(pin.get("aarch64")).matches("[0-9a-f]{64}  https://.*_aarch64_linux_.*_" + file);
        assertThat(pin.get("x86_64").substring(0, 64))
                .isNotEqualTo(pin.get("aarch64").substring(0, 64));
    }
}
