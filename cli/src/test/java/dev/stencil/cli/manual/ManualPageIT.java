package dev.stencil.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.cli.Tool;
import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that show manual pages have nothing to say about ours, and what the pages refer to is there. */
class ManualPageIT {
    private static final Pattern OURS = Pattern.compile("\\\\fB((?:vz|prl)[a-z\\\\-]+)\\\\fR\\((8)\\)");

    @TempDir
    static Path share;

    @BeforeAll
    static void pages() throws IOException {
        Documents.write(share);
    }

    @Test
    void mandocHasNoWarnings() throws IOException {
        Finished lint = run(Program.of("mandoc", "-T", "lint", "-W", "style").args(all()));

        assertThat(lint.text().lines().filter(line -> !line.contains("referenced manual not found")))
                .isEmpty();
    }

    @Test
    void groffHasNoWarnings() throws IOException {
        Finished formatted =
                run(Program.of("groff", "-man", "-ww", "-b", "-Tutf8").args(all()));

        assertThat(formatted.stderrEnd()).isEmpty();
    }

    @Test
    void manShowsThem() throws IOException {
        Finished shown = run(Program.of("man", "--warnings", "-E", "UTF-8", "-l")
                        .args(all()))
                .orThrow();

        assertThat(shown.stderrEnd()).isEmpty();
        assertThat(shown.text().replaceAll(".\b", ""))
                .contains("vzpkg create cache [OPTION...] [OST...]")
                .contains("-f, --force")
                .contains("--timeout=SECONDS");
    }

    @Test
    void pagesReferToPagesThatExist() throws IOException {
        for (String page : all()) {
            OURS.matcher(Files.readString(Path.of(page))).results().forEach(reference -> assertThat(
                            share.resolve("man/man8/" + reference.group(1).replace("\\", "") + ".8"))
                    .as("See also in " + page)
                    .exists());
        }
    }

    @Test
    void everyCommandHasAnExample() {
        List<String> without = new ArrayList<>();
        for (Tool tool : Documents.tools()) {
            for (CommandModel command : ToolModel.of(tool).commands()) {
                boolean hasExample = PageText.find(command.page())
                        .filter(text -> !text.section("Examples").isEmpty())
                        .isPresent();
                if (!hasExample && !command.name().equals("help")) {
                    without.add("cli/src/main/resources/manual/" + command.page() + ".md");
                }
            }
        }

        assertThat(without).as("write these, with a section # Examples").isEmpty();
    }

    private static List<String> all() {
        try (Stream<Path> files = Files.walk(share.resolve("man"))) {
            return files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Finished run(Program program) throws IOException {
        return new HostPrograms().run(program.env("MANWIDTH", "100").env("MAN_KEEP_FORMATTING", "1"));
    }
}
