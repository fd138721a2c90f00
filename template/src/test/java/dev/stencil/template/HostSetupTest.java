package dev.stencil.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Arch;
import dev.stencil.host.ConfigFile;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.StencilException;
import dev.stencil.host.VzConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSetupTest {
    /** The checkout, seen from this module. */
    static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path root;

    private HostLayout layout;

    @BeforeEach
    void makeLayout() {
        layout = new HostLayout(root);
    }

    @Test
    void theFirstUseMakesEverythingThatTheSpecificationNames() throws IOException {
        VzConf configuration = setUp();

        assertThat(configuration.templateArea()).isEqualTo(root.resolve("vz/template"));
        assertThat(configuration.lockDirectory()).isEqualTo(root.resolve("vz/lock"));
        assertThat(configuration.rootPattern()).isEqualTo("/vz/root/$VEID");
        assertThat(configuration.privatePattern()).isEqualTo("/vz/private/$VEID");
        assertThat(configuration.defaultSample()).contains("basic");
        assertThat(configuration.defaultOsTemplate()).contains("debian-12-x86_64");
        assertThat(layout.vzttConf()).isRegularFile();
        assertThat(layout.nojquotaConf()).isRegularFile();
        assertThat(Files.readSymbolicLink(layout.at("/etc/vztt/url.map")))
                .isEqualTo(Path.of("../../vz/template/conf/vztt/url.map"));
        assertThat(layout.at("/etc/vztt/url.map")).isRegularFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.vzConf())))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void theDefaultTemplateIsThereAndItsNameResolves() {
        VzConf configuration = setUp();

        TemplateArea area = TemplateArea.open(configuration.templateArea(), Arch.X86_64);

        assertThat(area.require(configuration.defaultOsTemplate().orElseThrow()).name())
                .isEqualTo("debian-12-x86_64");
    }

    @Test
    void samplesHaveTheSizesTheyAreNamedAfter() throws IOException {
        setUp();

        Map.of("ve-basic", 65536, "ve-vswap.256MB", 65536, "ve-vswap.512MB", 131072, "ve-vswap.1024MB", 262144)
                .forEach((name, pages) ->
                        assertThat(sample(name).get("PHYSPAGES")).as(name).contains(pages + ":" + pages));
        assertThat(sample("ve-vswap.2048MB").get("SWAPPAGES")).contains("524288:524288");
        assertThat(sample("vps.vzpkgtools").get("VE_TYPE")).contains("temporary");
        assertThat(sample("vps.vzpkgtools").get("ONBOOT")).contains("no");
        assertThat(sample("ve-basic").get("DISKSPACE")).contains("10485760:10485760");
    }

    @Test
    void theSecondUseChangesNothing() throws IOException {
        setUp();
        var before = Trees.describe(root);

        new HostSetup(layout, Path.of("/nonexistent")).ensure();

        assertThat(Trees.describe(root)).isEqualTo(before);
    }

    @Test
    void whatExistsIsKept() throws IOException {
        var host = new TestArea(root)
                .file("etc/vztt/vztt.conf", "EXCLUDE=\"mine\"\n")
                .file("etc/vz/conf/ve-basic.conf-sample", "CPUUNITS=\"5\"\n")
                .file("etc/vztt/url.map", "$MINE http://mine.example\n");

        setUp();

        assertThat(host.path("etc/vztt/vztt.conf")).hasContent("EXCLUDE=\"mine\"");
        assertThat(host.path("etc/vz/conf/ve-basic.conf-sample")).hasContent("CPUUNITS=\"5\"");
        assertThat(host.path("etc/vztt/url.map")).hasContent("$MINE http://mine.example");
    }

    @Test
    void anAreaOfTheAdministratorsGetsNoTemplates() {
        var area = new TestArea(root.resolve("srv/vz")).base("centos", "7", "x86_64");
        new TestArea(root).file("etc/vz/vz.conf", "TEMPLATE=/srv/vz\nLOCKDIR=/vz/lock\n");

        setUp();

        assertThat(area.open().osTemplates()).extracting(OsTemplate::name).containsExactly("centos-7-x86_64");
        assertThat(area.path("conf/vztt/url.map")).isRegularFile();
    }

    @Test
    void cachesAndPackagesDoNotMakeAnAreaTheAdministrators() {
        var area = new TestArea(root.resolve("vz/template")).directory("cache").directory("stencil/packages");

        setUp();

        assertThat(area.open().find("debian-12-minimal")).isPresent();
    }

    @Test
    void aMissingHomeIsNamed() {
        assertThatThrownBy(() -> new HostSetup(layout, root.resolve("none")).ensure())
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.SYSTEM))
                .hasMessageContaining(root.resolve("none/etc").toString())
                .hasMessageContaining("stencil.home");
    }

    @Test
    void whatAKillLeavesBehindIsTidiedByTheNextUse() throws IOException {
        setUp();
        var complete = Trees.describe(root);
        Path map = layout.at("/vz/template/conf/vztt/url.map");

        Path emptied = Files.createDirectories(root.resolve("vz/template/.making-emptied/conf/vztt"));
        Files.move(map, emptied.resolve("url.map"));
        setUp();
        assertThat(Trees.describe(root))
                .as("killed before the map was taken out")
                .isEqualTo(complete);

        Files.createDirectories(emptied);
        Files.move(map, map.resolveSibling(".making-url.map"));
        setUp();
        assertThat(Trees.describe(root))
                .as("killed while the emptied directory was deleted")
                .isEqualTo(complete);

        Files.move(map, map.resolveSibling(".making-url.map"));
        setUp();
        assertThat(Trees.describe(root))
                .as("killed before the map got its name")
                .isEqualTo(complete);
    }

    private VzConf setUp() {
        return new HostSetup(layout, CHECKOUT).ensure();
    }

    private ConfigFile sample(String name) {
        try {
            return ConfigFile.read(layout.containerConfigs().resolve(name + ".conf-sample"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
