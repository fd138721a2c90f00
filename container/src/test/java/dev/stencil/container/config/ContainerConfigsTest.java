package dev.stencil.container.config;

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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerConfigsTest {
    private static final ContainerId ID = ContainerId.parse("301");
    private static final ContainerId OTHER = ContainerId.parse("302");

    @TempDir
    Path directory;

    private HostLayout layout;
    private ContainerConfigs configs;

    @BeforeEach
    void setUp() throws IOException {
        layout = new HostLayout(directory);
        write(
                layout.vzConf(),
                """
                LOCKDIR=/vz/lock
                VE_ROOT=/vz/root/$VEID
                VE_PRIVATE=/vz/private/${VEID}
                UUID="ignored"
                NAMESERVER="inherit"
                """);
        configs = new ContainerConfigs(layout, VzConf.read(layout));
    }

    @Test
    void aValueOfTheContainerWinsOverTheGlobalOne() throws IOException {
        container(ID, "NAMESERVER=\"10.0.0.53\"\n");
        container(OTHER, "");

        assertThat(configs.require(ID).nameservers()).containsExactly("10.0.0.53");
        assertThat(configs.require(OTHER).nameservers()).containsExactly("inherit");
        assertThat(configs.require(OTHER).uuid()).as("never inherited").isEmpty();
    }

    @Test
    void veidIsReplacedInBothSpellings() throws IOException {
        container(ID, "");

        assertThat(configs.require(ID).privateArea(layout)).isEqualTo(directory.resolve("vz/private/301"));
        assertThat(configs.require(ID).root(layout)).isEqualTo(directory.resolve("vz/root/301"));
    }

    @Test
    void saving_replacesInPlaceBehindTheLink_andKeepsTheRest() throws IOException {
        Path home = container(ID, "# mine\nHOSTNAME=\"old\"\nODD_KEY=\"1\"\nNAMESERVER=\"10.0.0.1\"\n");

        configs.save(
                ID,
                Map.of("HOSTNAME", Optional.of("new"), "NAMESERVER", Optional.empty(), "ONBOOT", Optional.of("yes")));

        assertThat(home).hasContent("# mine\nHOSTNAME=\"new\"\nODD_KEY=\"1\"\nONBOOT=\"yes\"\n");
        assertThat(configs.link(ID)).isSymbolicLink();
    }

    @Test
    void saving_putsTheLinkBack_whenAnEditorReplacedItByAFile() throws IOException {
        Path home = container(ID, "HOSTNAME=\"old\"\n");
        Files.delete(configs.link(ID));
        Files.writeString(configs.link(ID), "HOSTNAME=\"edited\"\n");

        configs.save(ID, Map.of("ONBOOT", Optional.of("yes")));

        assertThat(configs.link(ID)).isSymbolicLink();
        assertThat(home).hasContent("HOSTNAME=\"edited\"\nONBOOT=\"yes\"\n");
    }

    @Test
    void aLinkWhoseConfigurationSaysAnotherIdIsStale() throws IOException {
        container(ID, "VEID=\"302\"\n");

        assertThat(configs.find(ID)).isEmpty();
    }

    @Test
    void idsLeaveOutTheHostAndForeignFiles() throws IOException {
        container(OTHER, "");
        container(ID, "");
        for (String file : List.of("0.conf", "vps.mount", "ve-basic.conf-sample", "0301.conf", "303.conf.destroyed")) {
            write(layout.containerConfigs().resolve(file), "");
        }

        assertThat(configs.ids()).containsExactly(ID, OTHER);
    }

    @Test
    void aNameLeadsToItsContainer_andIsPreferredToAnId() throws IOException {
        container(ID, "");
        container(OTHER, "");

        configs.rename(ID, "web");
        assertThat(configs.resolve("web")).isEqualTo(ID);
        assertThat(configs.resolve("302")).isEqualTo(OTHER);

        configs.rename(ID, "mail");
        assertThat(layout.containerNames().resolve("web")).doesNotExist();
        assertThatThrownBy(() -> configs.resolve("web")).hasMessageContaining("no container named web");

        configs.rename(ID, "");
        assertThat(configs.require(ID).name()).isEmpty();
        assertThat(layout.containerNames()).isEmptyDirectory();
    }

    @Test
    void aNameLinkCountsOnlyWhileTheConfigurationAgrees() throws IOException {
        container(ID, "");
        configs.rename(ID, "web");

        configs.save(ID, Map.of("NAME", Optional.of("other")));

        assertThat(configs.names().find("web")).isEmpty();
    }

    @Test
    void aNameInUse_orEqualToAnotherId_isRefused() throws IOException {
        container(ID, "");
        container(OTHER, "");
        configs.rename(ID, "web");

        for (String taken : List.of("web", "301")) {
            assertThatThrownBy(() -> configs.rename(OTHER, taken))
                    .isInstanceOfSatisfying(
                            StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_CONTAINER_NAME));
        }
        assertThat(configs.require(OTHER).name()).isEmpty();
    }

    @Test
    void forgettingAContainerKeepsAPlainFileAside() throws IOException {
        container(ID, "");
        configs.rename(ID, "web");
        write(configs.link(OTHER), "HOSTNAME=\"x\"\n");

        configs.unregister(ID);
        configs.unregister(OTHER);

        assertThat(configs.ids()).isEmpty();
        assertThat(layout.containerNames()).isEmptyDirectory();
        assertThat(layout.containerConfigs().resolve("302.conf.destroyed")).hasContent("HOSTNAME=\"x\"");
    }

    @Test
    void aMissingConfigurationSaysWhatIsMissing() {
        assertThatThrownBy(() -> configs.require(ID))
                .isInstanceOfSatisfying(
                        StencilException.class,
                        e -> assertThat(e.fault().vzctlCode()).isEqualTo(14))
                .hasMessageContaining("301.conf is missing");
    }

    @Test
    void aSampleHandsOnOnlyWhatIsNotPrivate() throws IOException {
        write(
                layout.containerConfigs().resolve("ve-small.conf-sample"),
                "PHYSPAGES=\"1:1\"\nHOSTNAME=\"x\"\nIP_ADDRESS=\"10.0.0.1\"\n");

        assertThat(new Samples(layout).require("small").applicable())
                .containsOnlyKeys("PHYSPAGES", "ORIGIN_SAMPLE")
                .containsEntry("ORIGIN_SAMPLE", Optional.of("small"));
        assertThatThrownBy(() -> new Samples(layout).require("big"))
                .isInstanceOfSatisfying(
                        StencilException.class,
                        e -> assertThat(e.fault().vzctlCode()).isEqualTo(82));
    }

    private Path container(ContainerId id, String config) throws IOException {
        Path home = layout.at("/vz/private/" + id + "/ve.conf");
        write(home, config);
        configs.register(id, home);
        return home;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
