package dev.stencil.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.StencilException;
import dev.stencil.host.VzConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateAreaTest {
    @TempDir
    Path directory;

    private TestArea area;

    @BeforeEach
    void makeArea() {
        area = new TestArea(directory);
    }

    @Test
    void theAreaIsWhereTheGlobalConfigurationSays() throws IOException {
        var layout = new HostLayout(directory);
        Files.createDirectories(layout.vzConf().getParent());
        Files.writeString(layout.vzConf(), "TEMPLATE=\"/srv/templates\"\n");

        assertThat(TemplateArea.open(layout, VzConf.read(layout)).directory())
                .isEqualTo(directory.resolve("srv/templates"));
    }

    @Test
    void basesAreListedInOrderAndWhatIsNoTemplateIsNot() throws IOException {
        area.base("fedora-core", "12", "x86")
                .base("debian", "12", "x86_64")
                .base("debian", "12", "x86")
                .base("centos", "7", "x86_64")
                .set("centos", "6", "x86_64", "minimal")
                .base("standard", "1", "x86_64")
                .directory("standard/conf")
                .directory("cache")
                .directory("stencil/packages/sha256")
                .file("stray-file", "");
        Files.createSymbolicLink(directory.resolve("ubuntu"), directory.resolve("debian"));
        Files.createSymbolicLink(directory.resolve("centos/8"), directory.resolve("centos/7"));

        assertThat(area.open().baseTemplates())
                .extracting(OsTemplate::name)
                .containsExactly("centos-7-x86_64", "debian-12-x86", "debian-12-x86_64", "fedora-core-12-x86");
    }

    @Test
    void aMissingAreaIsEmpty() {
        var missing = new TestArea(directory.resolve("none")).open();

        assertThat(missing.baseTemplates()).isEmpty();
        assertThat(missing.find("debian-12")).isEmpty();
        assertThatThrownBy(() -> missing.require("debian-12"))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TEMPLATE_UNKNOWN));
    }

    @Test
    void setsFollowTheirBase() {
        area.base("debian", "12", "x86_64")
                .set("debian", "12", "x86_64", "minimal")
                .set("debian", "12", "x86_64", "lamp")
                .directory(TestArea.os("debian", "12", "x86_64", "unfinished"))
                .base("debian", "13", "x86_64");

        assertThat(area.open().osTemplates())
                .extracting(OsTemplate::name)
                .containsExactly(
                        "debian-12-x86_64", "debian-12-x86_64-lamp", "debian-12-x86_64-minimal", "debian-13-x86_64");
        assertThat(area.open().sets(area.open().require("debian-12-minimal")))
                .extracting(OsTemplate::name)
                .containsExactly("debian-12-x86_64-lamp", "debian-12-x86_64-minimal");
    }

    @Test
    void listingOpensNoFile() {
        area.base("debian", "12", "x86_64").app("debian", "12", "x86_64", "nginx", "default");
        for (String file : List.of("packages", "package_manager")) {
            area.file(TestArea.os("debian", "12", "x86_64", "default") + "/" + file, "x".repeat(5000));
        }

        OsTemplate template = area.open().baseTemplates().getFirst();

        assertThat(area.open().applications(template)).hasSize(1);
        assertThatThrownBy(template::packages).isInstanceOf(StencilException.class);
    }

    @Test
    void applicationsAreFoundByWholeNameAndTheFirstOfTwoWins() {
        area.base("debian", "12", "x86_64")
                .app("debian", "12", "x86_64", "mod-ssl", "default")
                .app("debian", "12", "x86_64", "mod", "ssl")
                .app("debian", "12", "x86_64", "mod", "default")
                .directory(TestArea.app("debian", "12", "x86_64") + "/unfinished/default");
        OsTemplate template = area.open().require("debian-12");

        assertThat(area.open().applications(template))
                .extracting(AppTemplate::name)
                .containsExactly("mod", "mod-ssl");
        assertThat(area.open().requireApplication(template, ".mod-ssl").configDirectory())
                .isEqualTo(area.path(TestArea.app("debian", "12", "x86_64") + "/mod/ssl"));
    }

    @Test
    void anUnknownApplicationIsNamedWithNearOnes() {
        area.base("debian", "12", "x86_64").app("debian", "12", "x86_64", "mysql", "default");

        assertThatThrownBy(() -> area.open().requireApplication(area.open().require("debian-12"), "msql"))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.APPLICATION_UNKNOWN))
                .hasMessageContaining("'msql' for debian-12-x86_64")
                .hasMessageContaining("Did you mean mysql?");
    }

    @Test
    void applicationsOfASetAreThoseOfItsBase() {
        area.base("debian", "12", "x86_64")
                .set("debian", "12", "x86_64", "minimal")
                .app("debian", "12", "x86_64", "nginx", "default");

        AppTemplate nginx = area.open().requireApplication(area.open().require("debian-12-minimal"), "nginx");

        assertThat(nginx.base().name()).isEqualTo("debian-12-x86_64");
    }
}
