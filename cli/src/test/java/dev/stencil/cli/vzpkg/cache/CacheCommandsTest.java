package dev.stencil.cli.vzpkg.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.cli.ToolRun;
import dev.stencil.fixtures.TinyHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the cache commands answer before any package manager is asked: exit codes of spec vzpkg 4.8. */
class CacheCommandsTest {
    @TempDir
    Path root;

    private TinyHost host;

    @BeforeEach
    void makeHost() throws IOException {
        Path keyring = Files.writeString(root.resolve("key.gpg"), "");
        host = TinyHost.in(root, "http://127.0.0.1:1/ tiny main", keyring, "hello");
    }

    @ParameterizedTest
    @CsvSource({
        "24, create cache nowhere-9-x86_64",
        "24, update cache nowhere-9-x86_64",
        "24, remove cache nowhere-9-x86_64",
        "35, create cache --vefstype all tiny-1-x86_64",
        "35, create cache --vefstype '' tiny-1-x86_64",
        "35, create cache --timeout soon tiny-1-x86_64",
        "35, create cache --no-such-option tiny-1-x86_64",
        "67, update cache --update-cache -C tiny-1-x86_64",
        "67, create cache -C tiny-1-x86_64",
        "0, remove cache tiny-1-x86_64",
        "0, remove cache -n .tiny-1-x86_64",
        "0, remove cache"
    })
    void exitCodeIs(int code, String line) {
        String[] words = ("vzpkg " + line).replace("''", "").split(" ", -1);

        var result = new ToolRun(root).run(words);

        assertThat(result.code()).as(result.text()).isEqualTo(code);
        assertThat(result.data()).isEmpty();
    }

    @Test
    void create_ofAPreCachedTemplate_isRefused() throws IOException {
        host.os("no_pkg_actions", "");

        var result = new ToolRun(root).run("vzpkg", "create", "cache", "tiny-1-x86_64");

        assertThat(result.code()).isEqualTo(73);
        assertThat(result.messages()).contains("no_pkg_actions");
    }

    @Test
    void create_namesTheFile_thatIsBroken() throws IOException {
        Files.delete(host.osDirectory().resolve("repositories"));

        var result = new ToolRun(root).run("vzpkg", "create", "cache", "tiny-1-x86_64");

        assertThat(result.code()).isEqualTo(25);
        assertThat(result.messages()).contains("ROOT/vz/template/tiny/1/x86_64/config/os/default/repositories");
    }

    @Test
    void create_ofAll_passesOverPreCachedOnes() throws IOException {
        host.os("no_pkg_actions", "");

        var result = new ToolRun(root).run("vzpkg", "create", "cache");

        assertThat(result.code()).isZero();
        assertThat(result.messages()).contains("tiny-1-x86_64 is pre-cached, passed over");
    }

    @Test
    void create_asNobody_isRefused() {
        assertThat(new ToolRun(root).runAsNobody("vzpkg", "create", "cache").code())
                .isEqualTo(10);
    }
}
