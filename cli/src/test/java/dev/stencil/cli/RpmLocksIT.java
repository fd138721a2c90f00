package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.RpmHost;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locks of rpm templates, and what is built from them, whoever decides. */
class RpmLocksIT extends RpmCommands {
    private static final String MINI = "sfl-9-x86_64-mini";

    @ParameterizedTest
    @ValueSource(strings = {MINI, "sflz-9-x86_64-mini"})
    void aLock_isMadeCheckedFollowedAndReplaced(String template) throws IOException {
        assertThat(succeed("vzpkg lock " + template)).contains("Lock r1 with ");
        assertThat(succeed("vzpkg lock " + template)).contains("unchanged");
        assertThat(succeed("vzpkg lock --check " + template)).contains("up to date");
        assertThat(succeed("vzpkg lock verify --online " + template)).contains("are at their repositories");
        assertThat(succeed("vzpkg lock why " + template + " libc6")).contains("packages -> bash -> libc6");
        assertThat(succeed("vzpkg lock tree " + template)).contains("├── bash ", "│   ├── filesystem ");
        succeed("vzpkg create cache --locked " + template);
        assertThat(succeed("vzpkg lock diff " + template + " " + template + "@cache"))
                .isEmpty();

        host.withUpdates(distribution.url());

        assertThat(end("vzpkg lock --check " + template, 22)).contains("~ bash", ".sfl9 -> ");
        assertThat(end("vzpkg update cache " + template, 22)).contains("../default/repositories changed");
        assertThat(succeed("vzpkg update cache --relock " + template)).contains("generation 2");
        assertThat(end("vzpkg lock diff " + template + "@r1 " + template + "@r2", 1))
                .contains("~ bash", "0 added, 0 removed");
    }

    @Test
    void aLock_givesTheSameBytes_onAnotherHostAtAnotherTimeUnderOtherSettings() throws IOException {
        writeManyKinds(host);
        succeed("vzpkg lock " + MINI);
        succeed("vzpkg create cache --locked " + MINI);
        Path elsewhere = directory.resolve("a-much-longer-directory/of/another/host");
        writeManyKinds(RpmHost.in(elsewhere, distribution, distribution.url()));
        Path locks = Path.of("vz/template/sfl/9/x86_64/config/os/mini/locks");
        Files.createDirectories(elsewhere.resolve(locks));
        Files.copy(
                directory.resolve(locks).resolve("default.lock"),
                elsewhere.resolve(locks).resolve("default.lock"));

        String made = strangely(elsewhere, "create", "cache", "--locked", MINI);

        assertThat(made).contains("is ready");
        assertThat(digest(strangely(elsewhere, "lock", "verify", "--rebuild", MINI)))
                .isEqualTo(digest(succeed("vzpkg lock verify --rebuild " + MINI)));
        assertThat(Files.mismatch(database(directory), database(elsewhere))).isEqualTo(-1);
    }

    /** Scriptlets that make users and say the time, links, capabilities, triggers. */
    private static void writeManyKinds(RpmHost host) throws IOException {
        host.dnf9()
                .set(
                        "mini",
                        "packages",
                        "bash coreutils grep sed rpm sfl-release passwd fx-user fx-modes fx-hardlink fx-names fx-config"
                                + " fx-lua fx-weak fx-triggering\n");
        host.dnf9().osScript("post-install", "date > /etc/finished; umask >> /etc/finished\n");
    }

    /** A process of its own, as somebody else would start it. */
    private static String strangely(Path root, String... words) throws IOException {
        var done = new HostPrograms()
                .run(Program.of("taskset", "-c", "0", "unshare", "--uts", "sh", "-c")
                        .args("hostname elsewhere.example; umask 077; exec \"$@\"", "sh")
                        .args(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString())
                        .args("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED")
                        .args("-Dstencil.name=vzpkg", "-cp", System.getProperty("java.class.path"))
                        .args(Main.class.getName())
                        .args(List.of(words))
                        .env("STENCIL_ROOT", root.toString())
                        .env("TZ", "Asia/Kathmandu")
                        .env("LANG", "de_DE.UTF-8")
                        .env("LC_ALL", "POSIX")
                        .env("HOME", "/nowhere"));
        assertThat(done.status()).as(done.stderrEnd()).isZero();
        return done.text() + done.stderrEnd();
    }

    private static String digest(String said) {
        assertThat(said).contains("Built again, equal to the cache");
        return said.replaceAll("(?s).*tree ([0-9a-f]{64}),.*", "$1");
    }

    private static Path database(Path root) throws IOException {
        Path stencil = root.resolve("vz/template/stencil");
        List<String> layers = Files.readAllLines(stencil.resolve("caches/" + MINI + "/current/layers"));
        return layers.reversed().stream()
                .map(layer -> stencil.resolve("layers/" + layer + "/fs/var/lib/rpm/rpmdb.sqlite"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {DNF_TEMPLATE, ZYPPER_TEMPLATE})
    void applicationsInCaches_andUpdatesInPlace(String template) throws IOException {
        String sample = "TEMPLATES=\".nginx\"\nDISKSPACE=\"10485760:10485760\"\n";
        Files.writeString(directory.resolve("etc/vz/conf/ve-web.conf-sample"), sample);
        succeed("vzpkg create appcache --config web --ostemplate " + template);
        succeed("vzctl create 2205 --ostemplate " + template + " --config web");
        assertThat(succeed("vzpkg list 2205")).contains(template + " nginx");
        succeed("vzctl destroy 2205");
        assertThat(succeed("vzpkg update cache --update-cache " + template)).doesNotContain("is ready");

        host.withUpdates(distribution.url());

        assertThat(end("vzpkg status -r " + template, 22)).contains("bash=");
        assertThat(succeed("vzpkg update cache --update-cache " + template)).contains("generation 2");
        assertThat(succeed("vzpkg update appcache --update-cache --ostemplate " + template + " --apptemplate nginx"))
                .contains("generation 2");
        assertThat(succeed("vzpkg status " + template)).contains("up to date");
        assertThat(succeed("vzpkg lock show -q " + template + "+nginx@cache")).contains("nginx-common", ".sfl9.1");
        succeed("vzctl create 2205 --ostemplate " + template + " --config web");
        assertThat(succeed("vzpkg status 2205")).contains("is up2date");
        succeed("vzctl mount 2205");
        assertThat(inMounted("rpm -Va --nodeps --nomtime; rpm -q bash nginx"))
                .contains(".sfl9.1.x86_64\nnginx-")
                .doesNotContain("missing", "S.5");
        succeed("vzctl umount 2205");
        succeed("vzctl destroy 2205");
    }

    @ParameterizedTest
    @ValueSource(strings = {DNF_TEMPLATE, ZYPPER_TEMPLATE})
    void aLockWithAnApplication_isWhatItsCacheIsMadeFrom_andComesOutAgain(String template) throws IOException {
        String named = template + "+nginx";
        succeed("vzpkg lock " + template + " nginx");
        succeed("vzpkg create appcache --ostemplate " + template + " --apptemplate nginx");

        assertThat(succeed("vzpkg lock diff " + named + " " + named + "@cache")).isEmpty();
        String tree = digest(succeed("vzpkg lock verify --rebuild " + named));
        assertThat(recordedResults()).contains("tree = \"sha256:" + tree + "\"");
    }

    /** What stands beside the lock of a template with an application, which the same lock gives next time. */
    private String recordedResults() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("vz/template"))) {
            List<Path> results =
                    files.filter(file -> file.toString().endsWith(".built")).toList();
            assertThat(results).hasSize(1);
            return Files.readString(results.getFirst());
        }
    }

    private String inMounted(String command) throws IOException {
        return new HostPrograms()
                .run(Program.of("chroot", rootOf("2205").toString(), "sh", "-c", command))
                .text();
    }
}
