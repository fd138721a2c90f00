package dev.stencil.cli.vzpkg.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.cli.ToolRun;
import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyMirror;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.linux.Root;
import dev.stencil.packages.lock.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks as a user types them, and caches made from them, over a mirror that demands a password of url.map. */
class LockCommandsIT {
    private static final String TINY = "tiny-1-x86_64";
    private static final String PASSWORD = "pa55-of-the-mirror";

    @TempDir
    Path temporary;

    private TinyRepository repository;
    private TinyMirror mirror;
    private TinyHost host;
    private ToolRun tool;

    @BeforeEach
    void makeHost() throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        repository = TinyRepository.in(temporary.resolve("archive"))
                .addBase()
                .add(lib())
                .add(hello("1.0"))
                .publish();
        mirror = TinyMirror.serving(repository.directory()).demands("me", PASSWORD);
        host = TinyHost.in(temporary.resolve("host"), "$TINY tiny main", repository.keyring(), "tiny-base hello");
        Files.writeString(
                host.root().resolve("vz/template/conf/vztt/url.map"),
                "$TINY " + mirror.url().replace("http://", "http://me:" + PASSWORD + "@") + "\n");
        tool = new ToolRun(host.root());
    }

    private static TinyPackage lib() {
        return TinyPackage.named("libhello").file("/usr/share/libhello", "lib\n");
    }

    private static TinyPackage hello(String version) {
        return TinyPackage.named("hello").version(version).depends("libhello").file("/usr/share/hello", version + "\n");
    }

    @AfterEach
    void removeTrees() throws IOException {
        mirror.close();
        try (Root directory = Root.open(temporary)) {
            directory.deleteTree("host/vz");
        }
    }

    @Test
    void aCache_isMadeFromTheLock_whateverIsNewer_andWithoutTheMirror() throws IOException {
        assertThat(run("lock " + TINY, 0).messages()).contains("Lock r1 with 3 packages written");
        assertThat(run("lock " + TINY, 0).messages()).contains("unchanged");
        assertThat(run("lock verify --online " + TINY, 0).messages())
                .contains("3 of 3 files are at their repositories");
        run("create cache --locked " + TINY, 0);
        run("remove cache " + TINY, 0);
        repository.add(hello("2.0")).publishWithout("hello_1.0");

        run("create cache " + TINY, 0);

        assertThat(tree("usr/share/hello")).isEqualTo("1.0\n");
        assertThat(run("lock diff " + TINY + " " + TINY + "@cache", 0).data()).isEmpty();
        assertThat(run("lock --check " + TINY, 22).data()).contains("~ hello", "1.0 -> 2.0");
        assertThat(run("lock verify --online " + TINY, 0).data()).contains("only here  hello=1.0:all");
        assertThat(run("update cache --relock " + TINY, 0).messages()).contains("ready");
        assertThat(tree("usr/share/hello")).isEqualTo("2.0\n");
        assertThat(run("lock diff " + TINY + "@r1 " + TINY + "@r2", 1).data())
                .contains("0 added, 0 removed, 1 changed");
        nothingTellsThePassword();
    }

    /** What is written is checked against each command's schema by the test's tool itself. */
    @Test
    void everythingIsToldAsJsonToo() throws IOException {
        assertThat(run("lock --json " + TINY, 0).data()).contains("\"result\": \"written\"");
        assertThat(run("lock why --json " + TINY + " libhello", 0).data()).contains("\"chain\"");
        assertThat(run("lock tree --json " + TINY, 0).data()).contains("\"depth\": 0");
        assertThat(run("lock verify --json " + TINY, 0).data()).contains("\"unavailable\": []");
        assertThat(run("lock promote --json " + TINY + " r1 stable", 0).data()).contains("\"channel\": \"stable\"");
        assertThat(run("status --json " + TINY, 23).data()).contains("\"state\": \"missing\"");
        assertThat(run("create cache -n --json " + TINY, 0).data()).contains("\"result\": \"checked\"");
        assertThat(run("create cache --json " + TINY, 0).data()).contains("\"result\": \"built\"");
        assertThat(run("create cache --json " + TINY, 0).data()).contains("\"result\": \"exists\"");
        assertThat(run("status --json " + TINY, 0).data()).contains("\"state\": \"fresh\"");
        assertThat(run("list --json -p " + TINY, 0).data()).contains("\"name\": \"libhello\"");
        assertThat(run("info --json -p -F " + TINY + " hello", 0).data()).contains("\"version\": \"1.0\"");
        assertThat(run("update metadata --json " + TINY, 0).data()).contains("\"templates\"");
        repository.add(hello("2.0")).publish();
        assertThat(run("lock --check --json " + TINY, 22).data()).contains("\"result\": \"stale\"");
        run("lock " + TINY, 0);
        assertThat(run("lock diff --json " + TINY + "@r1 " + TINY + "@r2", 1).data())
                .contains("\"changed\": 1");
        assertThat(run("diff --json " + TINY + "@r1 " + TINY + "@r2", 1).data()).contains("\"after\": \"2.0\"");
        assertThat(run("clean -n --json", 0).data()).contains("\"check_only\": true");
        assertThat(run("remove cache --json " + TINY, 0).data()).contains("\"removed\"");
    }

    @Test
    void aContainer_remembersItsLock_andTellsHowFarItIsBehind() throws IOException {
        run("lock " + TINY, 0);
        run("create cache " + TINY, 0);
        assertThat(tool.run("vzctl", "create", "771", "--ostemplate", TINY).code())
                .isZero();
        Path record = host.root().resolve("vz/private/771/templates/template.lock");
        assertThat(record).hasSameTextualContentAs(host.osDirectory().resolve("locks/default.lock"));
        assertThat(Files.readString(record)).doesNotContain(PASSWORD);
        repository.add(hello("2.0")).publish();
        assertThat(run("status 771", 0).data()).contains("CT 771 is up2date");
        run("lock " + TINY, 0);

        assertThat(run("status 771", 22).messages())
                .contains("hello=1.0:all -> 2.0", "1 packages behind lock r2 of " + TINY, "CT 771 is not up2date");
        assertThat(run("status --json 771", 22).data())
                .contains("\"state\": \"behind\"", "\"revision\": 2", "\"offered\": \"2.0\"");
        assertThat(tool.run("vzctl", "mount", "771").code()).isZero();
        try {
            assertThat(run("update -n 771", 0).data()).contains("Updated:", "hello", "2.0");
        } finally {
            assertThat(tool.run("vzctl", "umount", "771").code()).isZero();
        }
        run("update 771", 15);
    }

    @Test
    void aFileThatIsNowhere_isNamed_andNothingIsLeftHalfMade() throws IOException {
        run("lock " + TINY, 0);
        repository.publishWithout("hello_1.0");

        assertThat(run("create cache " + TINY, 52).messages()).contains("hello=1.0:all", "404");

        assertThat(host.root()
                        .resolve("vz/template/stencil/caches")
                        .resolve(TINY)
                        .resolve("current"))
                .doesNotExist();
        assertThat(run("lock verify --online --json " + TINY, 52).data()).contains("\"stored\": false");
    }

    @Test
    void anAlteredPackage_isRefused() throws IOException {
        run("lock " + TINY, 0);
        mirror.breaks("hello_1.0_all.deb", TinyMirror.Fault.ALTER);

        assertThat(run("create cache " + TINY, 93).messages()).contains("hello=1.0:all");
    }

    @Test
    void aLockThatIsNotClosed_orWasEdited_isRefused() throws IOException {
        run("lock " + TINY, 0);
        Path file = host.osDirectory().resolve("locks/default.lock");
        Lock lock = Lock.read(file);
        var rest = lock.packages().stream()
                .filter(one -> !one.name().equals("libhello"))
                .toList();
        Files.writeString(
                file,
                new Lock(lock.template(), lock.inputs(), lock.repositories(), lock.images(), rest, lock.provenance())
                        .text());

        assertThat(run("create cache " + TINY, 92).messages()).contains("hello needs libhello");

        Files.writeString(file, lock.text().replace("hello", "hallo"));
        run("create cache " + TINY, 91);
        Files.writeString(file, lock.text().replace("tiny-1", "tiny-2"));
        run("lock show " + TINY, 91);
    }

    @Test
    void aHost_demandsUsesOrLeavesLocks_asItIsConfigured() throws IOException {
        configure("LOCKED=required\n");
        assertThat(run("create cache " + TINY, 90).messages()).contains("has no lock", "vzpkg lock");
        run("create cache --unlocked " + TINY, 90);
        run("lock " + TINY, 0);
        repository.add(hello("2.0")).publish();
        run("lock " + TINY, 0);
        configure("LOCKED=required\nLOCK_CHANNEL=stable\n");
        run("create cache " + TINY, 90);

        run("lock promote " + TINY + " r1 stable", 0);
        run("create cache " + TINY, 0);

        assertThat(tree("usr/share/hello")).isEqualTo("1.0\n");
        configure("LOCKED=off\n");
        run("update cache " + TINY, 0);
        assertThat(tree("usr/share/hello")).isEqualTo("2.0\n");
        host.os("packages", "tiny-base libhello\n");
        assertThat(run("update cache --locked " + TINY, 22).messages()).contains("packages changed", "--relock");
    }

    @Test
    void showTreeAndWhy_tellWhatIsInALock() {
        run("lock " + TINY, 0);

        assertThat(run("lock show -q " + TINY, 0).data()).contains("libhello", "all", "1.0");
        assertThat(run("lock show --json " + TINY, 0).data()).contains("\"url\": \"$TINY\"");
        assertThat(run("lock tree " + TINY, 0).data()).contains("└── libhello 1.0");
        assertThat(run("lock why " + TINY + " libhello", 0).data()).contains("packages -> hello -> libhello");
        run("lock why " + TINY + " nothing", 70);
    }

    private ToolRun.Result run(String words, int code) {
        ToolRun.Result result = tool.run(("vzpkg " + words).split(" "));
        assertThat(result.code()).as(words + ": " + result.text()).isEqualTo(code);
        assertThat(result.text() + result.log()).doesNotContain(PASSWORD);
        return result;
    }

    private void configure(String text) throws IOException {
        Files.writeString(host.root().resolve("etc/vztt/vztt.conf"), text);
    }

    private String tree(String file) throws IOException {
        Path stencil = host.root().resolve("vz/template/stencil");
        for (String layer : Files.readAllLines(
                        stencil.resolve("caches").resolve(TINY).resolve("current/layers"))
                .reversed()) {
            Path found = stencil.resolve("layers").resolve(layer).resolve("fs").resolve(file);
            if (Files.exists(found)) {
                return Files.readString(found);
            }
        }
        return "";
    }

    private void nothingTellsThePassword() throws IOException {
        try (var files = Files.walk(host.root().resolve("vz/template"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("url.map") && !file.endsWith("sources.list"))
                    .filter(file -> !file.toString().contains("pkgcache"))
                    .toList()) {
                assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(PASSWORD);
            }
        }
    }
}
