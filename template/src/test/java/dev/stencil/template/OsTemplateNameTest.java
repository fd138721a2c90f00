package dev.stencil.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stencil.host.Arch;
import java.nio.file.Path;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;

class OsTemplateNameTest {
    private static Path scratch = Path.of("/nowhere");

    @BeforeContainer
    static void makeScratch() throws java.io.IOException {
        scratch = java.nio.file.Files.createTempDirectory("stencil-names");
    }

    @AfterContainer
    static void removeScratch() throws java.io.IOException {
        try (var tree = java.nio.file.Files.walk(scratch)) {
            for (Path path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                java.nio.file.Files.delete(path);
            }
        }
    }

    @Test
    void theDefaultSetIsNotPrinted() {
        var name = new OsTemplateName("debian", "12", Arch.X86_64, Optional.of("default"));

        assertThat(name.fullName()).isEqualTo("debian-12-x86_64");
        assertThat(name.isBase()).isTrue();
    }

    @Test
    void theBaseOfASetHasNoSet() {
        var name = new OsTemplateName("debian", "12", Arch.X86_64, Optional.of("minimal"));

        assertThat(name.fullName()).isEqualTo("debian-12-x86_64-minimal");
        assertThat(name.baseName()).isEqualTo("debian-12-x86_64");
        assertThat(name.base().fullName()).isEqualTo("debian-12-x86_64");
    }

    @Test
    void partsThatCannotBeDirectoriesAreRefused() {
        for (String part : new String[] {"", ".", "..", "a/b", "/", "a b", "a\nb", ".hidden"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new OsTemplateName(part, "1", Arch.X86, Optional.empty()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new OsTemplateName("a", part, Arch.X86, Optional.empty()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new OsTemplateName("a", "1", Arch.X86, Optional.of(part)));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OsTemplateName("a", "1-2", Arch.X86, Optional.empty()));
    }

    @Property(tries = 50)
    void aTemplateIsFoundByItsFullName(
            @ForAll("dashed") String osName, @ForAll("plain") String osVersion, @ForAll("dashed") String set) {
        Path directory = scratch.resolve(Long.toHexString(System.nanoTime()));
        var area = new TestArea(directory)
                .base(osName, osVersion, "x86_64")
                .set(osName, osVersion, "x86_64", set)
                .open();
        var name = new OsTemplateName(osName, osVersion, Arch.X86_64, Optional.of(set));

        assertThat(area.require(name.fullName()).coordinates()).isEqualTo(name);
        assertThat(area.require("." + name.baseName()).coordinates()).isEqualTo(name.base());
    }

    @Property(tries = 500)
    void anyTextIsFoundOrNotWithoutAnotherException(@ForAll String text) {
        var area = new TestArea(scratch.resolve("any")).base("a", "1", "x86_64").open();

        assertThat(area.find(text)).satisfiesAnyOf(found -> assertThat(found).isEmpty(), found -> assertThat(found)
                .isPresent());
    }

    @Provide
    Arbitrary<String> plain() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .withChars("._")
                .ofMinLength(1)
                .ofMaxLength(6)
                .filter(OsTemplateName::isPart);
    }

    @Provide
    Arbitrary<String> dashed() {
        return plain().list().ofMinSize(1).ofMaxSize(3).map(parts -> String.join("-", parts));
    }
}
