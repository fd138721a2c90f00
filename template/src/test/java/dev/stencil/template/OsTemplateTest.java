package dev.stencil.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a set takes from its base: spec vzpkg 2.4 and 2.6. */
class OsTemplateTest {
    private static final String BASE = TestArea.os("debian", "12", "x86_64", "default") + "/";
    private static final String SET = TestArea.os("debian", "12", "x86_64", "minimal") + "/";

    @TempDir
    Path directory;

    private TestArea area;

    @BeforeEach
    void makeArea() {
        area = new TestArea(directory).base("debian", "12", "x86_64").set("debian", "12", "x86_64", "minimal");
    }

    @Test
    void packagesAreNeverInherited() {
        area.file(BASE + "packages", "a b\nc\n").file(SET + "packages", "# none\n");

        assertThat(base().packages()).containsExactly("a", "b", "c");
        assertThat(set().packages()).isEmpty();
    }

    @Test
    void stagesAreInheritedWhenMissingOrEmpty() {
        area.file(BASE + "packages_0", "a b\nc\n")
                .file(BASE + "packages_1", "d e\n")
                .file(SET + "packages_1", "# nothing\n");

        assertThat(set().stage0()).containsExactly("a b", "c");
        assertThat(set().stage1()).containsExactly("d", "e");
        assertThat(set().ownStage0()).isEmpty();
        assertThat(set().ownStage1()).isEmpty();

        area.file(SET + "packages_0", "own\n");

        assertThat(set().stage0()).containsExactly("own");
    }

    @Test
    void aCacheHoldsAllStagesEachNameOnce() {
        area.file(BASE + "packages_0", "a b\nc\n")
                .file(BASE + "packages_1", "d b\n")
                .file(SET + "packages", "e a\n");

        assertThat(set().cachePackages()).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void propertiesOfTheDistributionComeFromTheBase() {
        area.file(BASE + "distribution", "debian\n")
                .file(BASE + "technologies", "x86_64 nptl\n")
                .file(BASE + "osrelease", "2.6.32\n")
                .file(BASE + "upgradable_versions", "11\n")
                .file(BASE + "cache_type", "34\n")
                .file(BASE + "multiarch", "no\n")
                .file(SET + "distribution", "other\n")
                .file(SET + "package_manager", "rpm49x64\n");

        assertThat(set().packageManager()).isEqualTo("dpkgx64");
        assertThat(set().packageManagerType()).isEqualTo(PackageManagerType.DPKG);
        assertThat(set().distribution()).contains("debian");
        assertThat(set().technologies()).containsExactly("x86_64", "nptl");
        assertThat(set().osRelease()).contains("2.6.32");
        assertThat(set().upgradableVersions()).containsExactly("11");
        assertThat(set().cacheTypes()).isEqualTo(34);
        assertThat(set().isMultiarch()).isFalse();
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        assertThat(base().cacheTypes()).isEqualTo(-1);
        assertThat(base().isMultiarch()).isTrue();
        assertThat(base().isGoldenImageAllowed()).isTrue();
        assertThat(base().isPreCached()).isFalse();
        assertThat(base().isUnsignedAllowed()).isFalse();
        assertThat(base().summary()).isEmpty();
        assertThat(base().environment()).isEmpty();
    }

    @Test
    void descriptionsAndTheGoldenImageSwitchAreTheSetsOwn() {
        area.file(BASE + "summary", "base\n")
                .file(BASE + "golden_image", "no\n")
                .file(BASE + "description", "a\nb\n");

        assertThat(set().summary()).isEmpty();
        assertThat(set().description()).isEmpty();
        assertThat(set().isGoldenImageAllowed()).isTrue();
        assertThat(base().isGoldenImageAllowed()).isFalse();
        assertThat(base().description()).containsExactly("a", "b");
    }

    @Test
    void aSetIsPreCachedWhenItOrItsBaseSaysSo() {
        area.file(SET + "no_pkg_actions", "");
        assertThat(set().isPreCached()).isTrue();
        assertThat(base().isPreCached()).isFalse();

        area.file(BASE + "no_pkg_actions", "");
        assertThat(base().isPreCached()).isTrue();
    }

    @Test
    void theEnvironmentIsOwnOrElseTheBases() {
        area.file(BASE + "environment", "A=1\nB=x=y\nA=2\n");

        assertThat(set().environment()).isEqualTo(Map.of("A", "2", "B", "x=y"));

        area.file(SET + "environment", "C=\n");

        assertThat(set().environment()).isEqualTo(Map.of("C", ""));
    }

    @Test
    void brokenValuesNameTheirFile() {
        area.file(BASE + "environment", "no assignment\n").file(BASE + "cache_type", "all\n");

        assertThatThrownBy(base()::environment)
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TEMPLATE_BROKEN))
                .hasMessageContaining(BASE + "environment");
        assertThatThrownBy(set()::environment).hasMessageContaining(BASE + "environment");
        assertThatThrownBy(base()::cacheTypes).hasMessageContaining(BASE + "cache_type");
    }

    @Test
    void anEmptyPackageManagerIsBroken() {
        area.file(BASE + "package_manager", "# to be written\n");

        assertThatThrownBy(() -> area.open().require("debian-12"))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TEMPLATE_BROKEN))
                .hasMessageContaining(BASE + "package_manager");
    }

    @Test
    void anUnknownPackageManagerHasItsOwnFault() {
        area.file(BASE + "package_manager", "pacman\n");

        assertThatThrownBy(() -> base().packageManagerType())
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.PACKAGE_MANAGER_UNKNOWN))
                .hasMessageContaining("pacman");
    }

    @Test
    void aScriptIsTheSetsIfExecutableElseTheBases() throws IOException {
        area.script(BASE + "post-install").script(BASE + "pre-cache").file(SET + "post-install", "not executable");

        assertThat(set().script(Script.POST_INSTALL)).contains(area.path(BASE + "post-install"));
        assertThat(set().script(Script.PRE_CACHE)).contains(area.path(BASE + "pre-cache"));
        assertThat(set().script(Script.POST_CACHE)).isEmpty();

        Files.setPosixFilePermissions(area.path(SET + "post-install"), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(set().script(Script.POST_INSTALL)).contains(area.path(SET + "post-install"));
    }

    @Test
    void scriptNamesAreThoseOfTheFormat() {
        assertThat(Script.values())
                .extracting(Script::fileName)
                .containsExactlyInAnyOrder(
                        "pre-cache",
                        "mid-pre-install",
                        "mid-post-install",
                        "post-cache",
                        "pre-install",
                        "post-install",
                        "pre-install-hn",
                        "post-install-hn",
                        "pre-update",
                        "post-update",
                        "pre-upgrade",
                        "post-upgrade",
                        "pre-remove",
                        "post-remove");
        assertThat(Script.values())
                .filteredOn(script -> script.place() == Script.Place.HOST)
                .extracting(Script::fileName)
                .containsExactly("pre-cache", "post-cache", "pre-install-hn", "post-install-hn");
    }

    @Test
    void keyringsAreOwnAndTheBases() {
        area.file(BASE + "keys/b.gpg", "")
                .file(BASE + "keys/a.asc", "")
                .file(BASE + "keys/README", "")
                .file(SET + "keys/own.gpg", "");

        assertThat(base().keyrings()).containsExactly(area.path(BASE + "keys/a.asc"), area.path(BASE + "keys/b.gpg"));
        assertThat(set().keyrings())
                .containsExactly(
                        area.path(SET + "keys/own.gpg"),
                        area.path(BASE + "keys/a.asc"),
                        area.path(BASE + "keys/b.gpg"));
    }

    @Test
    void unsignedRepositoriesNeedAYesOfTheirOwn() {
        area.file(BASE + "unsigned_repositories", "yes\n");

        assertThat(base().isUnsignedAllowed()).isTrue();
        assertThat(set().isUnsignedAllowed()).isFalse();

        area.file(BASE + "unsigned_repositories", "true\n");
        assertThat(base().isUnsignedAllowed()).isFalse();
    }

    @Test
    void anApplicationHasItsBasesKeysAndManager() {
        String app = TestArea.app("debian", "12", "x86_64") + "/nginx/";
        area.app("debian", "12", "x86_64", "nginx", "default")
                .app("debian", "12", "x86_64", "nginx", "extras")
                .script(app + "default/post-install")
                .file(app + "default/summary", "web\n")
                .file(app + "default/keys/vendor.gpg", "")
                .file(BASE + "keys/debian.gpg", "");

        AppTemplate extras = area.open().requireApplication(set(), "nginx-extras");

        assertThat(extras.name()).isEqualTo("nginx-extras");
        assertThat(extras.packages()).containsExactly("nginx");
        assertThat(extras.summary()).isEmpty();
        assertThat(extras.script(Script.POST_INSTALL)).contains(area.path(app + "default/post-install"));
        assertThat(extras.keyrings())
                .containsExactly(area.path(app + "default/keys/vendor.gpg"), area.path(BASE + "keys/debian.gpg"));
        assertThat(extras.packageManagerType()).isEqualTo(PackageManagerType.DPKG);
        assertThat(extras.baseDirectory()).isEqualTo(area.path("debian/12/x86_64"));
    }

    @Test
    void lockAndPackageDataLieInTheBaseDirectory() {
        assertThat(set().lockFile()).isEqualTo(area.path("debian/12/x86_64/.lock"));
        assertThat(set().packageManagerDirectory()).isEqualTo(area.path("debian/12/x86_64/pm"));
    }

    private OsTemplate base() {
        return area.open().find("debian-12").orElseThrow();
    }

    private OsTemplate set() {
        return area.open().find("debian-12-minimal").orElseThrow();
    }
}
