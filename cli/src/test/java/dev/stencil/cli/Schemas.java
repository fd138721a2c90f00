package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** The documented forms of JSON, {@code docs/schemas/TOOL-COMMAND.json}. */
final class Schemas {
    static final Path DIRECTORY = Path.of("..").toAbsolutePath().normalize().resolve("docs/schemas");

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Schemas() {}

    /** The file of a command; {@code name} is empty for a tool that is one command. */
    static Path file(Tool tool, String name) {
        String page = tool.isSingle() ? tool.name() : tool.name() + "-" + name.replace(' ', '-');
        return DIRECTORY.resolve(page + ".json");
    }

    /** Fails when {@code data} is not what the schema of the command says. */
    static void check(Tool tool, List<String> words, String data) {
        String name = tool.isSingle()
                ? tool.name()
                : tool.commands().choose(words).orElseThrow().entry().name();
        check(file(tool, name), data);
    }

    static void check(Path schema, String data) {
        assertThat(documents(data)).as("documents in:\n" + data).isOne();
        assertThat(read(schema).validate(data, InputFormat.JSON))
                .as("against " + schema + ":\n" + data)
                .isEmpty();
    }

    /** Counted here: the check of a schema reads the first and passes over what follows. */
    private static int documents(String data) {
        int count = 0;
        try (JsonParser parser = new JsonMapper().createParser(data)) {
            while (parser.nextToken() != null) {
                parser.skipChildren();
                count++;
            }
        }
        return count;
    }

    private static Schema read(Path schema) {
        try {
            return REGISTRY.getSchema(Files.readString(schema), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException("a command writes JSON and has no schema", e);
        }
    }
}
