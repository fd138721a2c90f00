package dev.stencil.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variables in repository addresses: spec vzpkg 3.3 and 11.1, 17. */
class UrlMapTest {
    @TempDir
    Path directory;

    @Test
    void tokensAreReplacedAndTheirOutputSeenByOthers() {
        var map = map("# servers\n$A http://a.example\n:$B\t$A/b\n$C $B/c\n");

        assertThat(expand(map, "$C/x main")).isEqualTo("http://a.example/b/c/x main");
        assertThat(expand(map, "$A/1 $A/2")).isEqualTo("http://a.example/1 http://a.example/2");
    }

    @Test
    void theLongestTokenGoesFirst() {
        var map = map("$S http://short.example\n$S/pub/opensuse http://long.example\n");

        assertThat(expand(map, "$S/pub/opensuse/15")).isEqualTo("http://long.example/15");
        assertThat(expand(map, "$S/pub/other")).isEqualTo("http://short.example/pub/other");
    }

    @Test
    void aTokenIsNotTheBeginningOfALongerName() {
        var map = map("$SW_SERVER http://one.example\n$SW_SERVER2 http://two.example\n$D/debian http://d.example\n");

        assertThat(expand(map, "$SW_SERVER2/x")).isEqualTo("http://two.example/x");
        assertThat(expand(map, "$SW_SERVER-mirror/x")).isEqualTo("http://one.example-mirror/x");
        assertThatThrownBy(() -> expand(map, "$D/debian-security")).hasMessageContaining("$D ");
    }

    @Test
    void aTokenMayBeAnyText() {
        var map = map("http://old.example http://new.example\n");

        assertThat(expand(map, "http://old.example/x")).isEqualTo("http://new.example/x");
    }

    @Test
    void anEntryThatContainsItselfEndsAfterTenTimes() {
        var map = map("$A $A$A\n$B x$B\n");

        assertThatThrownBy(() -> expand(map, "$A")).isInstanceOf(StencilException.class);
        assertThat(map.expandLeniently("$B")).isEqualTo("x".repeat(10) + "$B");
    }

    @Test
    void anUndefinedVariableIsNamedWithTheFile() {
        assertThatThrownBy(() -> expand(map(""), "$RH_SERVER/rhel x"))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_URL))
                .hasMessageContaining("$RH_SERVER in the repository '$RH_SERVER/rhel x'")
                .hasMessageContaining(directory.resolve("url.map").toString());
    }

    @Test
    void variablesThatThePackageManagerKnowsStay() {
        var map = map("");

        for (String text : new String[] {"http://x/$releasever/$basearch", "http://x/$YUM0", "$ARCH"}) {
            assertThat(map.expand(text, PackageManagerType.RPM)).isEqualTo(text);
            assertThat(map.expand(text, PackageManagerType.RPM_ZYPP)).isEqualTo(text);
            assertThatThrownBy(() -> map.expand(text, PackageManagerType.DPKG)).isInstanceOf(StencilException.class);
        }
        assertThat(map.expand("http://x/$(ARCH)", PackageManagerType.DPKG)).isEqualTo("http://x/$(ARCH)");
        assertThatThrownBy(() -> map.expand("http://x/$(ARCH)", PackageManagerType.RPM))
                .isInstanceOf(StencilException.class);
    }

    @Test
    void aLineThatIsNoEntryIsNamed() {
        assertThatThrownBy(() -> map("$A http://a\n$B\n"))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_URL))
                .hasMessageContaining("'$B'");
    }

    @Test
    void withoutAFileNothingIsReplaced() {
        var map = UrlMap.read(directory.resolve("none"), noHost());

        assertThat(expand(map, "http://x/y main")).isEqualTo("http://x/y main");
    }

    @Test
    void theFileWinsOverTheHostsArchive() {
        var map = UrlMap.read(write("$DEB_SERVER http://mine.example\n"), debianHost());

        assertThat(expand(map, "$DEB_SERVER/debian bookworm main"))
                .isEqualTo("http://mine.example/debian bookworm main");
        assertThat(expand(map, "$DEB_SECURITY_SERVER/debian-security bookworm-security main"))
                .isEqualTo("http://sec.example/debian-security bookworm-security main");
    }

    @Test
    void theHostsArchiveIsTheDefaultOnDebian() {
        var map = UrlMap.read(directory.resolve("none"), debianHost());

        assertThat(expand(map, "$DEB_SERVER/debian trixie main")).isEqualTo("http://deb.example/debian trixie main");
    }

    @Test
    void whereTheHostIsNotDebianTheMessageSaysSo() {
        assertThatThrownBy(() -> expand(map(""), "$DEB_SERVER/debian trixie main"))
                .hasMessageContaining("$DEB_SERVER")
                .hasMessageContaining("url.map")
                .hasMessageContaining("this host is not Debian");
    }

    @Property(tries = 500)
    void expandingEndsWhateverTheMapSays(@ForAll String text, @ForAll String record) throws IOException {
        Path file = Files.createTempFile("stencil-url", ".map");
        try {
            Files.writeString(file, text);
            expand(UrlMap.read(file, noHost()), record);
        } catch (StencilException refused) {
            assertThat(refused.fault()).isIn(Fault.BAD_URL, Fault.TEMPLATE_BROKEN);
        } finally {
            Files.delete(file);
        }
    }

    private static String expand(UrlMap map, String record) {
        return map.expand(record, PackageManagerType.DPKG);
    }

    private UrlMap map(String text) {
        return UrlMap.read(write(text), noHost());
    }

    private Path write(String text) {
        try {
            return Files.writeString(directory.resolve("url.map"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HostArchive noHost() {
        return new HostArchive(Path.of("/nonexistent/apt"), Path.of("/nonexistent/os-release"));
    }

    private HostArchive debianHost() {
        new TestArea(directory)
                .file("os-release", "ID=debian\nVERSION_CODENAME=bookworm\n")
                .file(
                        "apt/sources.list",
                        """
                        deb http://deb.example/debian bookworm main
                        deb http://sec.example/debian-security bookworm-security main
                        """);
        return new HostArchive(directory.resolve("apt"), directory.resolve("os-release"));
    }
}
