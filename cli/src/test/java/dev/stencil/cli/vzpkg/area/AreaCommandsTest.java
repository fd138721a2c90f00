package dev.stencil.cli.vzpkg.area;

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

/** What the commands on the template area answer before any package manager is asked. */
class AreaCommandsTest {
    @TempDir
    Path root;

    private TinyHost host;
    private ToolRun tool;

    @BeforeEach
    void makeHost() throws IOException {
        Path keyring = Files.writeString(root.resolve("key.gpg"), "");
        host = TinyHost.in(root, "http://127.0.0.1:1/ tiny main", keyring, "tiny-base");
        tool = new ToolRun(root);
    }

    @ParameterizedTest
    @CsvSource({
        "61, link 101",
        "35, link",
        "43, upgrade area",
        "43, upgrade area .tiny-1-x86_64",
        "24, upgrade area nowhere-1",
        "35, verify area",
        "16, verify area 101",
        "46, verify area nobody",
        "0, repair /vz/private/1 /etc/vz/conf/1.conf",
        "35, repair /vz/private/1",
        "35, get_backup_apps /vz/private/1",
        "9, get_backup_apps /nowhere /nowhere.conf",
        "35, update metadata -C",
        "24, update metadata nowhere-1",
        "52, update metadata tiny-1-x86_64",
        "35, fetch",
        "24, fetch nowhere-1",
        "67, fetch -C tiny-1-x86_64"
    })
    void exitCodeIs(int code, String line) {
        ToolRun.Result result = tool.run(("vzpkg " + line).split(" "));

        assertThat(result.code()).as(result.text()).isEqualTo(code);
        assertThat(result.data()).isEmpty();
    }

    @Test
    void upgradeArea_isDone_whereThereAreNoTemplates() throws IOException {
        Files.delete(host.osDirectory().resolve("packages"));

        assertThat(tool.run("vzpkg", "upgrade", "area").code()).isZero();
    }

    @Test
    void fetch_ofAPreCachedTemplate_isRefused() throws IOException {
        host.os("no_pkg_actions", "");

        assertThat(tool.run("vzpkg", "fetch", "tiny-1-x86_64").code()).isEqualTo(73);
        assertThat(tool.run("vzpkg", "update", "metadata").code()).isZero();
    }

    @Test
    void backedUpApplications_areToldByTheRecordedPackages_andNothingIsTouched() throws IOException {
        host.application("web", "packages", "httpd php\n").application("db", "packages", "mysql\n");
        Path privateArea = Files.createDirectories(root.resolve("backup/templates"));
        Files.writeString(
                privateArea.resolve("vzpackages"),
                " tiny-base amd64 1.0\n httpd amd64 2.4\n php all 8.2\n mysql-client all 8\n");
        Path configuration = Files.writeString(root.resolve("ve.conf"), "OSTEMPLATE=\".tiny-1-x86_64\"\n");

        ToolRun.Result result =
                tool.run("vzpkg", "get_backup_apps", root.resolve("backup").toString(), configuration.toString());

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(result.data()).isEqualTo("web\n");
        assertThat(privateArea).isDirectoryContaining("glob:**/vzpackages");
        assertThat(privateArea.toFile().list()).containsExactly("vzpackages");
    }

    @Test
    void backupWithoutAnOsTemplate_isRefused() throws IOException {
        Path configuration = Files.writeString(root.resolve("ve.conf"), "");

        assertThat(tool.run("vzpkg", "get_backup_apps", root.toString(), configuration.toString())
                        .code())
                .isEqualTo(40);
    }

    @Test
    void vzpkgcache_hasVzpkgsCodes() {
        assertThat(tool.run("vzpkgcache", "nowhere-1").code()).isEqualTo(24);
        assertThat(tool.run("vzpkgcache", "--no-such-option").code()).isEqualTo(35);
        assertThat(tool.run("vzpkgcache", "-C", "tiny-1-x86_64").code()).isEqualTo(67);
    }
}
