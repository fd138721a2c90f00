package dev.stencil.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** What dnf 5 is told against a TOML parser that we did not write. */
class Dnf5TableIsTomlTest {
    @Property(tries = 300)
    void anyTable_isTomlWithTheSameValues(
            @ForAll @Size(max = 8)
                    Map<
                                    @StringLength(min = 1, max = 12) @CharRange(from = ' ', to = '\u00ff') String,
                                    @StringLength(max = 12) @CharRange(from = '\u0000', to = '\u00ff') String>
                            reasons) {
        SortedMap<String, SortedMap<String, String>> rows = new TreeMap<>();
        reasons.forEach((name, reason) -> rows.put(name, new TreeMap<>(Map.of("reason", reason, name, reason))));
        var table = new Dnf5Table("packages", rows);

        JsonNode read = new TomlMapper().readTree(table.text());

        assertThat(read.get("version").asString()).isEqualTo("1.0");
        assertThat(read.path("packages").size()).isEqualTo(rows.size());
        rows.forEach((name, values) -> values.forEach((key, value) ->
                assertThat(read.get("packages").get(name).get(key).asString()).isEqualTo(value)));
        assertThat(Dnf5Table.parse("packages", table.text())).isEqualTo(table);
    }
}
