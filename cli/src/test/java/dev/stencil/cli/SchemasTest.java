package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Every command that offers JSON has a schema that says what each property means. That commands write what their schemas say is
 * checked with every run of a command in any test: {@link ToolRun}.
 */
class SchemasTest {
    private static final List<String> TOOLS = List.of("vzpkg", "vzpkgcache", "vzctl", "prlctl", "vzlist");

    /** Commands whose result is a deed: nothing goes to standard output, with and without {@code --json}. */
    private static final Set<String> WITHOUT_DATA = Set.of("help", "create image");

    @Test
    void everyCommandThatOffersJsonHasASchema() {
        List<Path> missing = new ArrayList<>();
        for (String name : TOOLS) {
            Tool tool = Main.tool(name);
            for (CommandTable.Entry entry : tool.commands().entries()) {
                if (offersJson(tool, entry) && !Files.exists(Schemas.file(tool, entry.name()))) {
                    missing.add(Schemas.file(tool, entry.name()));
                }
            }
        }

        assertThat(missing).as("describe what the command writes").isEmpty();
    }

    @Test
    void schemasAreSchemasAndExplainEachProperty() throws IOException {
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        for (Path file : files()) {
            String text = Files.readString(file);

            assertThat(meta.validate(text, InputFormat.JSON))
                    .as(file.toString())
                    .isEmpty();
            assertThat(text).contains("\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"", "\"title\"");
            assertThat(count(text, "\"description\""))
                    .as("descriptions in " + file)
                    .isGreaterThanOrEqualTo(count(text, "\"type\": \"string\"") / 2);
        }
    }

    @Test
    void schemasBelongToCommands() throws IOException {
        List<Path> known = new ArrayList<>();
        for (String name : TOOLS) {
            Tool tool = Main.tool(name);
            tool.commands().entries().forEach(entry -> known.add(Schemas.file(tool, entry.name())));
        }

        assertThat(files()).isSubsetOf(known);
    }

    @Test
    void aPropertyThatIsNotDocumentedIsFound_andASecondDocument() {
        Path clean = Schemas.DIRECTORY.resolve("vzpkg-clean.json");
        String good = "{\"check_only\": true, \"size\": 0, \"freed\": []}";

        Schemas.check(clean, good);

        assertThatThrownBy(() -> Schemas.check(clean, good.replace("size", "sice")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Schemas.check(clean, good + good)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Schemas.check(clean, "[]")).isInstanceOf(AssertionError.class);
    }

    private static boolean offersJson(Tool tool, CommandTable.Entry entry) {
        CommandSpec spec = entry.factory().apply(new Stencil(Map.of())).spec();
        tool.addCommonOptions(spec);
        boolean offers = spec.findOption("--json") != null;
        return offers && !entry.hidden() && !WITHOUT_DATA.contains(entry.name());
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Schemas.DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static long count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }
}
