package dev.stencil.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import tools.jackson.dataformat.toml.TomlMapper;

class TomlTextTest {
    @Property(tries = 300)
    void string_isReadBackByAnIndependentParser(@ForAll @StringLength(max = 40) String value) {
        // Unpaired surrogates are no Unicode text and cannot be in TOML.
        String text = value.replaceAll("[\\ud800-\\udfff]", "?");
        var toml = new TomlText();
        toml.string("key", text);

        assertThat(new TomlMapper().readTree(toml.text()).get("key").asString()).isEqualTo(text);
    }
}
