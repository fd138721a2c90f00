package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.template.AppTemplate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spec vzpkg 5.9, "Selection". */
class AppcacheSelectionTest {
    @TempDir
    Path temporary;

    private TinyArea area;

    @BeforeEach
    void open() throws IOException {
        area = new TinyArea(temporary);
        area.application("nginx", "packages", "nginx\n");
        area.application("php", "packages", "php\n");
        area.application("docker", "packages", "docker\n");
        area.application("docker", "golden_image", "no\n");
    }

    @Test
    void applications_keepTheirOrder_loseTheirDots_andCountOnce() {
        var selection = select("php", ".nginx", "php");

        assertThat(names(selection.cached())).containsExactly("php", "nginx");
        assertThat(selection.others()).isEmpty();
    }

    /** The digest was made with: printf '     nginx\n     php\n' | md5sum. */
    @Test
    void theName_dependsOnTheApplications_notOnTheirOrder() {
        assertThat(select("php", "nginx").subject().name())
                .isEqualTo(select("nginx", "php").subject().name())
                .isEqualTo("tiny-1-x86_64_app_248c9784ebd50a4f0ce9b74b509f2d1c");
    }

    @Test
    void anApplicationThatForbidsIt_isLeftForLater_andChangesNoName() {
        var selection = select("docker", "nginx", "php");

        assertThat(names(selection.others())).containsExactly("docker");
        assertThat(selection.subject().name())
                .isEqualTo(select("nginx", "php").subject().name());
    }

    @Test
    void nothingQualifies_whereTheConfigurationForbidsIt() {
        var selection =
                AppcacheSelection.of(area.templates, new AppcacheWish(Optional.of("tiny-1"), List.of("nginx"), false));

        assertThat(selection.subject().name()).isEqualTo("tiny-1-x86_64");
        assertThat(names(selection.others())).containsExactly("nginx");
        assertFault(Fault.BAD_VALUE, selection::requireApplications);
    }

    @Test
    void nothingQualifies_whereTheOsTemplateForbidsIt() throws IOException {
        area.file("golden_image", "0\n");

        assertThat(select("nginx").cached()).isEmpty();
    }

    @Test
    void unknownNames_areSaid() {
        assertFault(Fault.APPLICATION_UNKNOWN, () -> select("nginx", "ngin"));
        assertFault(
                Fault.TEMPLATE_UNKNOWN,
                () -> AppcacheSelection.of(
                        area.templates, new AppcacheWish(Optional.of("nowhere-1"), List.of("nginx"), true)));
        assertFault(
                Fault.TEMPLATE_BROKEN,
                () -> AppcacheSelection.of(area.templates, new AppcacheWish(Optional.empty(), List.of("nginx"), true)));
    }

    private AppcacheSelection select(String... applications) {
        return AppcacheSelection.of(
                area.templates, new AppcacheWish(Optional.of(".tiny-1-x86_64"), List.of(applications), true));
    }

    private static List<String> names(List<AppTemplate> templates) {
        return templates.stream().map(AppTemplate::name).toList();
    }

    private static void assertFault(Fault fault, Runnable action) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(StencilException.class, e -> assertThat(e.fault())
                .isEqualTo(fault));
    }
}
