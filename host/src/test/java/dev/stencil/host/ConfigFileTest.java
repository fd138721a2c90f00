package dev.stencil.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    Path directory;

    @Test
    void values_loseTheirQuotesAndTheLastOneWins() {
        ConfigFile file = ConfigFile.parse(
                """
                # comment
                A="one two"
                B='three'
                  C=four
                A="five"
                D="with \\"quotes\\""
                no assignment
                """);

        assertThat(file.get("A")).contains("five");
        assertThat(file.get("B")).contains("three");
        assertThat(file.get("C")).contains("four");
        assertThat(file.get("D")).contains("with \"quotes\"");
        assertThat(file.get("E")).isEmpty();
    }

    @Test
    void with_changesInPlaceAppendsAndRemoves() {
        ConfigFile file = ConfigFile.parse("# head\nA=\"1\"\nX=\"keep\"\nB=\"2\"\n");
        Map<String, Optional<String>> changes = new LinkedHashMap<>();
        changes.put("A", Optional.of("changed"));
        changes.put("B", Optional.empty());
        changes.put("NEW", Optional.of(" .a .b"));

        assertThat(file.with(changes).text()).isEqualTo("# head\nA=\"changed\"\nX=\"keep\"\nNEW=\" .a .b\"\n");
    }

    @Test
    void write_followsALinkAndKeepsTheMode() throws IOException {
        Path real = Files.writeString(directory.resolve("ve.conf"), "A=\"1\"\n");
        Files.setPosixFilePermissions(real, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        Path link = Files.createSymbolicLink(directory.resolve("101.conf"), real);

        ConfigFile.read(link).with("A", "2").write(link);

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(real).hasContent("A=\"2\"");
        assertThat(Files.getPosixFilePermissions(real)).hasSize(2);
        assertThat(directory.toFile().list()).hasSize(2);
    }

    @Property
    void anyValueOnOneLineIsReadBackAsItWasWritten(@ForAll @StringLength(max = 60) String value) {
        String oneLine =
                value.lines().findFirst().orElse("").replace("\u0085", "").replace("\u2028", "");

        ConfigFile again =
                ConfigFile.parse(ConfigFile.EMPTY.with("KEY", oneLine).text());

        assertThat(again.get("KEY")).contains(oneLine);
    }

    @Property
    void anyTextParsesAndIsKept(@ForAll String text) {
        ConfigFile file = ConfigFile.parse(text);

        assertThat(ConfigFile.parse(file.text()).keys()).isEqualTo(file.keys());
    }

    @Test
    void split_takesBlanksAndCommas() {
        assertThat(ConfigFile.split(" a, b\tc,,d ")).containsExactly("a", "b", "c", "d");
    }
}
