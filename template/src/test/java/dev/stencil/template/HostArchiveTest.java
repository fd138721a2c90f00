package dev.stencil.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host's own apt sources, in both formats of sources.list(5). */
class HostArchiveTest {
    private static final String MAIN = "$DEB_SERVER/debian bookworm main";
    private static final String SECURITY = "$DEB_SECURITY_SERVER/debian-security bookworm-security main";

    @TempDir
    Path directory;

    @Test
    void oneLineFormat() {
        sourcesList(
                """
                # deb http://commented.example/debian bookworm main
                deb-src http://src.example/debian bookworm main
                deb [ arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg ] http://m.example/debian/ bookworm main contrib # mine
                deb http://m.example/debian bookworm-updates main
                deb http://s.example/debian-security bookworm-security main
                """);

        assertThat(expand(MAIN)).isEqualTo("http://m.example/debian bookworm main");
        assertThat(expand(SECURITY)).isEqualTo("http://s.example/debian-security bookworm-security main");
    }

    @Test
    void stanzaFormat() {
        sources(
                "debian.sources",
                """
                # main
                Types: deb deb-src
                URIs: http://m.example/debian
                # between the fields
                Suites: bookworm
                 bookworm-updates
                Components: main non-free-firmware
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

                types: deb
                uris: http://s.example/debian-security/
                suites: bookworm-security
                components: main
                """);

        assertThat(expand(MAIN)).isEqualTo("http://m.example/debian bookworm main");
        assertThat(expand(SECURITY)).isEqualTo("http://s.example/debian-security bookworm-security main");
    }

    @Test
    void disabledStanzasAndSourcePackagesDoNotCount() {
        sources(
                "a.sources",
                """
                Enabled: no
                Types: deb
                URIs: http://off.example/debian
                Suites: bookworm bookworm-updates
                Components: main

                Types: deb-src
                URIs: http://src.example/debian
                Suites: bookworm
                Components: main
                """);

        assertThat(expand(MAIN)).isEqualTo(MAIN);
    }

    @Test
    void otherVendorsUnderDebiansSuiteNamesDoNotWin() {
        sources(
                "a-vendor.list",
                """
                deb https://php.example/ bookworm main
                deb https://cloud.example/apt cloud-bookworm main
                deb https://docker.example/linux/debian bookworm stable
                """);
        sources(
                "debian.sources",
                """
                Types: deb
                URIs: http://m.example/mirror
                Suites: bookworm bookworm-updates
                Components: main
                """);

        assertThat(expand(MAIN)).isEqualTo("http://m.example/mirror bookworm main");
    }

    @Test
    void aMirrorMayKeepTheArchiveElsewhere() {
        sourcesList(
                """
                deb http://m.example/pub/linux/d bookworm main
                deb http://m.example/pub/linux/d-sec bookworm-security main
                """);

        assertThat(expand(MAIN)).isEqualTo("http://m.example/pub/linux/d bookworm main");
        assertThat(expand(SECURITY)).isEqualTo("http://m.example/pub/linux/d-sec bookworm-security main");
        assertThat(expand("$DEB_SERVER/other bookworm main")).isEqualTo("$DEB_SERVER/other bookworm main");
    }

    @Test
    void otherPathsOfTheServerFollowWhereTheUsualPathIsUsed() {
        sourcesList(
                """
                deb http://m.example/debian bookworm main
                deb http://s.example/debian-security bookworm-security main
                """);

        assertThat(expand("$DEB_SERVER/debian-backports x main")).isEqualTo("http://m.example/debian-backports x main");
        assertThat(expand("$DEB_SERVER/debian-security x main")).isEqualTo("http://s.example/debian-security x main");
        assertThat(expand("$DEB_SECURITY_SERVER/x y main")).isEqualTo("http://s.example/x y main");
    }

    @Test
    void suitesMayBeClassesAndOldNames() {
        sourcesList(
                """
                deb http://m.example/debian stable main
                deb http://m.example/debian-security stable/updates main
                """);

        assertThat(expand(MAIN)).isEqualTo("http://m.example/debian bookworm main");
        assertThat(expand(SECURITY)).isEqualTo("http://m.example/debian-security bookworm-security main");
    }

    @Test
    void aListOfMirrorsInAFileMeansItsFirst() {
        new TestArea(directory)
                .file("mirrors.list", "# mirrors\nhttp://first.example/debian\tpriority:1\nhttp://b/debian\n");
        sources(
                "debian.sources",
                """
                Types: deb
                URIs: mirror+file://%s
                Suites: bookworm bookworm-updates
                Components: main
                """
                        .formatted(directory.resolve("mirrors.list")));

        assertThat(expand(MAIN)).isEqualTo("http://first.example/debian bookworm main");
    }

    @Test
    void aHostThatIsNotDebianHasNoArchive() {
        sourcesList("deb http://m.example/debian bookworm main\n");
        new TestArea(directory).file("os-release", "ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\n");

        var archive = new HostArchive(directory.resolve("apt"), directory.resolve("os-release"));

        assertThat(archive.expand(MAIN)).isEqualTo(MAIN);
        assertThat(archive.whyNot("$DEB_SERVER")).contains("not Debian");
        assertThat(archive.whyNot("$RH_SERVER")).isEmpty();
    }

    @Test
    void aDebianHostWithoutSecuritySourcesSaysWhichIsMissing() {
        sourcesList("deb http://m.example/debian bookworm main\n");

        assertThat(expand(SECURITY)).isEqualTo(SECURITY);
        assertThat(archive().whyNot("$DEB_SECURITY_SERVER"))
                .contains("no security archive")
                .contains(directory.resolve("apt").toString());
    }

    @Test
    void optionsInBracketsAreNotWords() {
        List<AptSource> sources =
                AptSources.parseOneLine("deb [trusted=yes] http://x/y a b c\ndeb http://x\ndeb [broken\n");

        assertThat(sources).containsExactly(new AptSource("http://x/y", "a", List.of("b", "c"), ""));
    }

    @Property(tries = 1000)
    void whateverStandsBefore_aGoodSourceIsFound(@ForAll String text) {
        var good = new AptSource("http://m.example/debian", "bookworm", List.of("main"), "");

        assertThat(AptSources.parseOneLine(text + "\ndeb http://m.example/debian bookworm main\n"))
                .last()
                .isEqualTo(good);
        assertThat(AptSources.parseDeb822(
                        text + "\n\nTypes: deb\nURIs: http://m.example/debian\nSuites: bookworm\nComponents: main\n"))
                .last()
                .isEqualTo(good);
    }

    @Property(tries = 300)
    void anyStanzaIsParsedWithoutAnException(
            @ForAll List<@net.jqwik.api.From("fields") String> fields, @ForAll List<String> values) {
        var text = new StringBuilder();
        for (int i = 0; i < Math.min(fields.size(), values.size()); i++) {
            text.append(fields.get(i)).append(values.get(i)).append('\n');
        }

        for (AptSource source : AptSources.parseDeb822(text.toString())) {
            assertThat(source.suite()).isNotEmpty();
        }
    }

    @net.jqwik.api.Provide
    net.jqwik.api.Arbitrary<String> fields() {
        return net.jqwik.api.Arbitraries.of(
                "Types: deb ", "URIs: ", "Suites: ", "Components: main ", " ", "\n", "Enabled: ");
    }

    private String expand(String record) {
        return archive().expand(record);
    }

    private HostArchive archive() {
        new TestArea(directory).file("os-release", "ID=debian\nVERSION_CODENAME=\"bookworm\"\n");
        return new HostArchive(directory.resolve("apt"), directory.resolve("os-release"));
    }

    private void sourcesList(String text) {
        new TestArea(directory).file("apt/sources.list", text);
    }

    private void sources(String name, String text) {
        new TestArea(directory).file("apt/sources.list.d/" + name, text);
    }
}
