package dev.stencil.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Arch;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The form of the templates that ship; what their repositories serve is seen for Debian in {@link ShippedTemplatesIT}. */
class ShippedDistributionsTest {
    private static final TemplateArea AREA =
            TemplateArea.open(HostSetupTest.CHECKOUT.resolve("templates"), Arch.X86_64);

    @TempDir
    Path directory;

    static List<OsTemplate> bases() {
        return AREA.baseTemplates();
    }

    @ParameterizedTest
    @CsvSource({
        "almalinux-9-x86_64, RPM",
        "centos-7-x86_64, RPM",
        "debian-12-x86_64, DPKG",
        "debian-13-x86_64, DPKG",
        "fedora-42-x86_64, RPM",
        "opensuse-15.6-x86_64, RPM_ZYPP",
        "rocky-9-x86_64, RPM",
        "ubuntu-24.04-x86_64, DPKG"
    })
    void everyDistributionHasASmallSetAndTheApplicationsOfTheOthers(String name, PackageManagerType type) {
        OsTemplate base = AREA.require(name);

        assertThat(base.packageManagerType()).isEqualTo(type);
        assertThat(AREA.require(name + "-minimal").packages()).hasSizeBetween(8, 25);
        assertThat(AREA.applications(base))
                .extracting(AppTemplate::name)
                .containsExactly("apache", "devel", "mariadb", "mysql", "nginx", "php", "postgresql", "redis");
        assertThat(AREA.applications(base)).allSatisfy(application -> assertThat(application.packages())
                .as(application.name())
                .isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("bases")
    void noRepositoryNamesAMirror_norIsTakenWithoutASignature(OsTemplate base) {
        for (Template template : allOf(base)) {
            assertThat(template.ownRecords(RepositoryKind.REPOSITORY)).allMatch(record -> record.startsWith("$"));
            assertThat(template.isUnsignedAllowed()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("bases")
    void aVariableThatNobodyDefines_isNamedWithTheFileToDefineItIn(OsTemplate base) {
        UrlMap none = UrlMap.read(
                directory.resolve("url.map"),
                new HostArchive(directory.resolve("apt"), directory.resolve("os-release")));

        for (Template template : allOf(base)) {
            for (String record : template.ownRecords(RepositoryKind.REPOSITORY)) {
                assertThatThrownBy(() -> none.expand(record, base.packageManagerType()))
                        .isInstanceOfSatisfying(StencilException.class, e -> assertThat(e.fault())
                                .isEqualTo(Fault.BAD_URL))
                        .hasMessageStartingWith(record.substring(0, record.indexOf('/')) + " in the repository")
                        .hasMessageContaining("http://your.mirror' to " + directory.resolve("url.map"));
            }
        }
    }

    @Test
    void theExampleInUrlMap_coversEveryVariable() throws IOException {
        String examples = Files.readString(UrlMap.fileOf(AREA.directory()));

        for (OsTemplate base : bases()) {
            for (Template template : allOf(base)) {
                for (String record : template.ownRecords(RepositoryKind.REPOSITORY)) {
                    assertThat(examples)
                            .containsPattern("\n# +\\" + record.substring(0, record.indexOf('/')) + " +http");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bases")
    void whereNoKeyShips_aTextSaysWhichOne(OsTemplate base) {
        for (Template template : allOf(base)) {
            if (template.keyrings().isEmpty()) {
                assertThat(template.configDirectory().resolve("keys/README"))
                        .content()
                        .contains("until", "package");
            }
        }
    }

    private static List<Template> allOf(OsTemplate base) {
        return Stream.<Template>concat(
                        Stream.of(base),
                        AREA.applications(base).stream().filter(one -> !one.ownRecords(RepositoryKind.REPOSITORY)
                                .isEmpty()))
                .toList();
    }
}
