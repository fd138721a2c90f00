package dev.stencil.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlTableTest {
    private static final TomlTable TABLE = TomlTable.parse(
            """
            format = 1
            size = 123456789012345678
            name = "a \\"b\\" \\u00e4"
            built = 2026-11-22T05:10:31Z
            words = ["x", "y"]
            none = []

            [settings]
            KEY = ""

            [[package]]
            name = "one"

            [[package]]
            name = "two"
            """);

    @Test
    void everyKindOfValueIsRead() {
        assertThat(TABLE.number("format")).isEqualTo(1);
        assertThat(TABLE.number("size")).isEqualTo(123_456_789_012_345_678L);
        assertThat(TABLE.string("name")).isEqualTo("a \"b\" ä");
        assertThat(TABLE.string("built")).isEqualTo("2026-11-22T05:10:31Z");
        assertThat(TABLE.strings("words")).containsExactly("x", "y");
        assertThat(TABLE.strings("none")).isEmpty();
        assertThat(TABLE.table("settings").orElseThrow().keys()).containsExactly("KEY");
        assertThat(TABLE.table("settings").orElseThrow().find("KEY")).contains("");
        assertThat(TABLE.tables("package"))
                .extracting(one -> one.string("name"))
                .containsExactly("one", "two");
    }

    @Test
    void whatIsNotThereIsEmptyOrNamed() {
        assertThat(TABLE.find("error")).isEmpty();
        assertThat(TABLE.table("error")).isEmpty();
        assertThat(TABLE.tables("error")).isEmpty();
        assertThatThrownBy(() -> TABLE.string("error")).hasMessage("it has no \"error\"");
        assertThatThrownBy(() -> TABLE.number("error")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TABLE.strings("error")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherTypeIsNamed() {
        assertThatThrownBy(() -> TABLE.number("name")).hasMessage("\"name\" is of another type than whole number");
        assertThatThrownBy(() -> TABLE.string("format")).hasMessage("\"format\" is of another type than String");
        assertThatThrownBy(() -> TABLE.strings("package")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TABLE.tables("words")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TABLE.table("format")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"format", "format = ", "a = 1\na = 2", "a = [1, ", "a = 99999999999999999999", "= 1", "\u0000"})
    void whatIsNoTomlIsRefused(String text) {
        assertThatThrownBy(() -> TomlTable.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEmptyTextIsAnEmptyTable() {
        assertThat(TomlTable.parse("").keys()).isEmpty();
    }
}
