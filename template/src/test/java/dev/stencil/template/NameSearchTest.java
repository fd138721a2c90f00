package dev.stencil.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Arch;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names become templates by the algorithm of spec vzpkg 1.3. */
class NameSearchTest {
    @TempDir
    Path directory;

    private TestArea area;

    @BeforeEach
    void makeArea() {
        area = new TestArea(directory)
                .base("centos", "7", "x86_64")
                .set("centos", "7", "x86_64", "server-mysql")
                .set("centos", "7", "x86_64", "minimal")
                .base("debian", "8.0", "x86_64")
                .base("fedora-core", "12", "x86");
    }

    @ParameterizedTest
    @CsvSource({
        "centos-7-x86_64,              centos-7-x86_64",
        "centos-7,                     centos-7-x86_64",
        ".debian-8.0-x86_64,           debian-8.0-x86_64",
        "centos-7-x86_64-server-mysql, centos-7-x86_64-server-mysql",
        "centos-7-minimal,             centos-7-x86_64-minimal",
        "centos-7-x86_64-default,      centos-7-x86_64",
        "fedora-core-12-x86,           fedora-core-12-x86",
    })
    void namesOfTheSpecificationMeanWhatItSays(String typed, String meant) {
        assertThat(area.open().require(typed).name()).isEqualTo(meant);
    }

    @Test
    void coordinatesAreTakenApart() {
        OsTemplateName name = area.open().require("fedora-core-12-x86").coordinates();

        assertThat(name.osName()).isEqualTo("fedora-core");
        assertThat(name.osVersion()).isEqualTo("12");
        assertThat(name.arch()).isEqualTo(Arch.X86);
        assertThat(name.set()).isEmpty();
    }

    @Test
    void aStrayDirectoryDoesNotHideALongerName() {
        area.directory("fedora/core");

        assertThat(area.open().require("fedora-core-12-x86").name()).isEqualTo("fedora-core-12-x86");
    }

    @Test
    void theShortestOsNameWins() {
        area.base("a-b", "1", "x86_64").base("a", "b", "x86_64").set("a", "b", "x86_64", "1");

        assertThat(area.open().require("a-b-1").name()).isEqualTo("a-b-x86_64-1");
    }

    @ParameterizedTest
    @CsvSource({"centos", "centos-8", "''", ".", "..", "../../etc-7", "centos-..", "a-b-c-d-e", "centos-7-x86_64-", "--"
    })
    void whatFitsNoDirectoryIsUnknownOrRefused(String typed) {
        assertThatThrownBy(() -> area.open().require(typed))
                .isInstanceOf(StencilException.class)
                .extracting(e -> ((StencilException) e).fault())
                .isIn(Fault.TEMPLATE_UNKNOWN, Fault.TEMPLATE_BROKEN);
        assertThat(area.open().find(typed)).isEmpty();
    }

    @Test
    void namesThatBeginWithADashAreRefused() {
        assertThatThrownBy(() -> area.open().require("-centos-7"))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TEMPLATE_BROKEN));
    }

    @Test
    void aNearNameIsSuggested() {
        assertThatThrownBy(() -> area.open().require("centos-7-minimial"))
                .hasMessageContaining("'centos-7-minimial'")
                .hasMessageContaining("Did you mean centos-7-minimal");
        assertThatThrownBy(() -> area.open().require("debain-8.0-x86_64"))
                .hasMessageContaining("Did you mean debian-8.0-x86_64?");
    }

    @Test
    void anArchitectureThatTheHostDoesNotRunIsRefusedUnlessForced() {
        area.base("old", "1", "ia64");

        assertThatThrownBy(() -> area.open().require("old-1-ia64"))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.ARCHITECTURE_UNSUPPORTED));
        assertThat(area.open().requireOfAnyArchitecture("old-1-ia64").name()).isEqualTo("old-1-ia64");
    }

    @Test
    void aTemplateWithoutItsMandatoryFilesIsBrokenAndTheFileIsNamed() {
        area.file(TestArea.os("half", "1", "x86_64", "default") + "/packages", "");

        assertThatThrownBy(() -> area.open().require("half-1"))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TEMPLATE_BROKEN))
                .hasMessageContaining("config/os/default/package_manager");
    }

    @Test
    void aSetWhoseBaseHasNoPackageManagerIsBroken() {
        area.set("half", "1", "x86_64", "minimal");

        assertThatThrownBy(() -> area.open().require("half-1-minimal")).hasMessageContaining("default/package_manager");
    }
}
