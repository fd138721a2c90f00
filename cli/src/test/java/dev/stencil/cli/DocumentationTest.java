package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages hold together: links lead somewhere, every decision is in the index, every room in the house's table. */
class DocumentationTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

    @Test
    void linksBetweenPagesLeadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            LINK.matcher(Files.readString(page))
                    .results()
                    .map(link -> link.group(1))
                    .forEach(target -> {
                        if (!Files.exists(page.resolveSibling(target))) {
                            broken.add(HOME.relativize(page) + " -> " + target);
                        }
                    });
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void everyDecisionIsInTheIndex() throws IOException {
        String index = Files.readString(HOME.resolve("docs/decisions/README.md"));
        try (Stream<Path> files = Files.list(HOME.resolve("docs/decisions"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> Character.isDigit(name.charAt(0)))
                            .filter(name -> !index.contains("(" + name + ")")))
                    .as("add a line to docs/decisions/README.md")
                    .isEmpty();
        }
    }

    @Test
    void everyRoomIsInTheTable() throws IOException {
        String page = Files.readString(HOME.resolve("ARCHITECTURE.md"));
        String pom = Files.readString(HOME.resolve("pom.xml"));

        Pattern.compile("<module>([^<]+)</module>").matcher(pom).results().forEach(module -> assertThat(page)
                .contains("`" + module.group(1) + "/`"));
    }

    private static List<Path> pages() {
        try (Stream<Path> top = Files.list(HOME);
                Stream<Path> docs = Files.walk(HOME.resolve("docs"))) {
            return Stream.concat(Stream.concat(top, docs), Stream.of(HOME.resolve("benchmarks/README.md")))
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
