package dev.stencil.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A short run of the fuzzer over every parser of foreign input of a room; {@code tools/fuzz} has longer ones. */
abstract class RoomFuzzing {
    static final Path SOURCES = Path.of("src/main/java/dev/stencil");
    private static final String SECONDS_EACH = "1";

    private final String room;

    RoomFuzzing(String room) {
        this.room = room;
    }

    @Test
    void theFuzzerFindsNothing() throws IOException, InterruptedException, URISyntaxException {
        Path tool = Path.of("../tools/fuzz").toAbsolutePath().normalize();
        List<String> command = new ArrayList<>(
                List.of(tool.toString(), "--compiled", buildDirectory().toString(), SECONDS_EACH));
        command.addAll(targets());

        Process fuzzer = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(fuzzer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(fuzzer.waitFor()).as(said).isZero();
        assertThat(said.lines()).as(said).hasSize(targets().size()).allMatch(line -> line.contains(" runs, corpus "));
    }

    private List<String> targets() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES.resolve(room))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Fuzz.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .sorted()
                    .toList();
        }
    }

    /** Where these classes were compiled to: the jars lie there too. */
    private static Path buildDirectory() throws URISyntaxException {
        return Path.of(RoomFuzzing.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .getParent();
    }
}
