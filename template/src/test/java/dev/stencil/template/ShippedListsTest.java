package dev.stencil.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.host.Arch;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lists of the templates that ship. Stages only cut a system into layers; what is in it says {@code packages}. */
class ShippedListsTest {
    private final List<OsTemplate> shipped = TemplateArea.open(
                    Path.of("../templates").toAbsolutePath(), Arch.X86_64)
            .osTemplates();

    @Test
    void stages_askForNothingThatPackagesDoesNot() {
        assertThat(shipped).hasSizeGreaterThan(4).allSatisfy(template -> assertThat(template.packages())
                .as(template.name())
                .containsAll(new HashSet<>(template.cachePackages())));
    }

    @Test
    void setsThatBoot_beginWithTheFirstLayerOfTheirBase() {
        assertThat(shipped)
                .filteredOn(template -> !template.name().endsWith("-tools"))
                .allSatisfy(template -> assertThat(template.stage0())
                        .as(template.name())
                        .isEqualTo(template.base().stage0()));
    }
}
