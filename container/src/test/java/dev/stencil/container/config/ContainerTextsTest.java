package dev.stencil.container.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerTextsTest {
    @ParameterizedTest
    @ValueSource(strings = {"web", "Web server +1", "db-1_a.b{c}", "büro"})
    void namesOfLettersDigitsAndSomePunctuationAreAllowed(String name) {
        assertThat(new ContainerName(name).text()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a\nb", "a\"b", "$x", "a;b", "*"})
    void namesThatCouldLeaveTheIndexAreRefused(String name) {
        assertThatThrownBy(() -> new ContainerName(name))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_CONTAINER_NAME));
    }

    @Test
    void aNameHasAtMost255Bytes() {
        assertThat(ContainerName.isValid("ü".repeat(127))).isTrue();
        assertThat(ContainerName.isValid("ü".repeat(128))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "-a", "a-", "a b", "ä", "a.", "a\n127.0.0.1 b"})
    void hostNamesThatWouldBreakFilesAreRefused(String name) {
        assertThatThrownBy(() -> new HostName(name)).isInstanceOf(StencilException.class);
    }

    @Test
    void aHostNameFitsIntoTheKernel() {
        assertThat(new HostName("a".repeat(60) + ".bcd").shortName()).hasSize(60);
        assertThatThrownBy(() -> new HostName("a".repeat(60) + ".bcde")).hasMessageContaining("64");
    }

    @Test
    void aDescriptionIsStoredWithoutBlanksAndQuotes() {
        assertThat(Description.encode("Web \"1\": ü=x\n")).isEqualTo("Web=20=221=22=3A=20ü=3Dx=0A");
        assertThat(Description.decode("a=2")).isEqualTo("a=2");
        assertThat(Description.decode("=C3=BC")).isEqualTo("ü");
    }

    @Property
    void aDescriptionIsReadBackAsItWas(@ForAll String text) {
        String valid = new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(Description.decode(Description.encode(valid))).isEqualTo(valid);
    }
}
