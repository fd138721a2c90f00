package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyMirror;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Program;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands on many containers, as a user runs them: three that run and one that does not, 2600 to 2603. */
class ManyContainersIT {
    private static final String TEMPLATE = "tiny-1-x86_64";
    private static final List<String> RUNNING = List.of("2600", "2601", "2602");
    private static final String STOPPED = "2603";
    private static final HostPrograms HOST = new HostPrograms();

    private static Path directory = Path.of("");
    private static Path root = Path.of("");
    private static TinyRepository repository;
    private static TinyMirror mirror;
    private static int version = 1;

    @BeforeAll
    static void makeHost() throws IOException {
        Path parent = Files.createDirectories(Path.of("/var/tmp/stencil-tests"));
        directory = Files.createTempDirectory(
                parent, "many-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        repository = TinyRepository.in(directory.resolve("archive"))
                .addBase()
                .add(init())
                .add(hello(version, ":"))
                .add(TinyPackage.named("extra").depends("tiny-base").program("/usr/bin/extra", "#!/bin/sh\n"))
                .publish();
        mirror = TinyMirror.serving(repository.directory());
        root = TinyHost.in(
                        directory.resolve("host"), mirror.record(), repository.keyring(), "tiny-base tiny-init hello")
                .root();
        succeed("vzpkg", "create", "cache", TEMPLATE);
        for (String container : RUNNING) {
            succeed("vzctl", "create", container, "--ostemplate", TEMPLATE, "--name", "web" + container);
            succeed("vzctl", "start", container);
        }
        succeed("vzctl", "create", STOPPED, "--ostemplate", TEMPLATE, "--name", "db");
    }

    @AfterAll
    static void removeHost() throws IOException {
        for (String container : RUNNING) {
            run("vzctl", "stop", container, "--fast");
        }
        for (Mounts.Mount mount : Mounts.current().reversed()) {
            if (mount.target().startsWith(directory)) {
                Mounts.detach(mount.target());
            }
        }
        mirror.close();
        try (Root parent = Root.open(directory.getParent())) {
            parent.deleteTree(directory.getFileName().toString());
        }
    }

    @BeforeEach
    void nobodyFails() throws IOException {
        for (String container : RUNNING) {
            succeed("vzctl", "exec", container, "rm -f /etc/refuse /etc/slow");
        }
    }

    @Test
    void update_changesAllThatRun_andFetchesEachPackageOnce() throws IOException {
        publishNext();

        JsonNode result = json(0, "vzpkg", "update", "-r", "--all", "--jobs", "3", "--json");

        for (int i = 0; i < RUNNING.size(); i++) {
            JsonNode line = result.at("/containers/" + i);
            assertThat(line.at("/container").asString()).isEqualTo(RUNNING.get(i));
            assertThat(line.at("/result").asString()).as(line.toString()).isEqualTo("done");
            assertThat(line.at("/updated/0/version").asString()).isEqualTo(String.valueOf(version));
            assertThat(versionIn(RUNNING.get(i))).isEqualTo(version);
        }
        assertThat(result.at("/containers/3/result").asString()).isEqualTo("skipped");
        assertThat(result.at("/containers/3/reason").asString()).isEqualTo("it is stopped");
        assertThat(mirror.requests())
                .filteredOn(path -> path.contains("hello_" + version + "_"))
                .hasSize(1);
    }

    @Test
    void update_undoesTheContainerThatFails_andNoOther() throws IOException {
        settle();
        int before = version;
        publishNext();
        succeed("vzctl", "exec", "2601", "touch /etc/refuse");

        Finished done = run("vzpkg", "update", "-r", "--match", "web*");

        assertThat(done.status()).as(done.text() + done.stderrEnd()).isEqualTo(70);
        assertThat(row(done, "2601")).contains("failed").contains("undone");
        assertThat(row(done, "2602")).contains("done");
        assertThat(done.stderrEnd()).contains("Error: CT 2601: dpkg could not configure hello");
        assertThat(versionIn("2600")).isEqualTo(version);
        assertThat(versionIn("2601")).isEqualTo(before);
        assertThat(versionIn("2602")).isEqualTo(version);
        assertThat(succeed("vzctl", "exec", "2601", "dpkg --audit; dpkg --verify hello")
                        .text())
                .isEmpty();
        assertThat(succeed("vzpkg", "generations", "2601").text()).contains("rolled-back");
    }

    @Test
    void failFast_leavesTheOthersAlone() throws IOException {
        settle();
        int before = version;
        publishNext();
        succeed("vzctl", "exec", "2600", "touch /etc/refuse");

        JsonNode result = json(70, "vzpkg", "update", "-r", "--all", "--jobs", "1", "--fail-fast", "--json");

        assertThat(result.at("/containers/0/result").asString()).isEqualTo("failed");
        assertThat(result.at("/containers/0/remark").asString()).isEqualTo("undone");
        assertThat(result.at("/containers/1/result").asString()).isEqualTo("not begun");
        assertThat(result.at("/containers/2/result").asString()).isEqualTo("not begun");
        assertThat(result.at("/code").asInt()).isEqualTo(70);
        assertThat(versionIn("2601")).isEqualTo(before);
    }

    @Test
    void sigterm_letsTheChangeThatHasBegunFinish_andBeginsNoOther() throws Exception {
        settle();
        int before = version;
        publishNext();
        succeed("vzctl", "exec", "2600", "touch /etc/slow");
        Process process = HOST.start(program("vzpkg", "update", "-r", "--all", "--jobs", "1", "--json"));
        Path begun = root.resolve("vz/root/2600/etc/slow-begun");
        for (int i = 0; i < 200 && !Files.exists(begun); i++) {
            Thread.sleep(50);
        }
        process.destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(versionIn("2600")).isEqualTo(version);
        assertThat(versionIn("2601")).isEqualTo(before);
        assertThat(versionIn("2602")).isEqualTo(before);
        assertThat(succeed("vzctl", "exec", "2600", "dpkg --audit").text()).isEmpty();
        succeed("vzctl", "exec", "2600", "rm -f /etc/slow-begun");
    }

    @Test
    void install_takesNamesAsOperands() throws IOException {
        Finished done = succeed("vzpkg", "install", "-p", "--ct", "web2600,2602", "extra");

        assertThat(done.text().lines().skip(1).map(line -> line.split(" +")[0])).containsExactly("2600", "2602");
        assertThat(run("vzctl", "exec", "2600", "extra").isSuccess()).isTrue();
        assertThat(run("vzctl", "exec", "2601", "extra").isSuccess()).isFalse();
    }

    @Test
    void status_looksAtStoppedOnesToo() throws IOException {
        settle();
        publishNext();

        JsonNode result = json(22, "vzpkg", "status", "-r", "--all", "--json");

        assertThat(states(result)).containsExactly("behind", "behind", "behind", "behind");
        assertThat(result.at("/code").asInt()).isEqualTo(22);
    }

    @Test
    void list_hasARowForEachContainer() throws IOException {
        Finished done = succeed("vzpkg", "list", "--all");

        assertThat(done.text().lines().toList()).hasSize(5);
        assertThat(row(done, STOPPED)).contains("db").contains(TEMPLATE);
    }

    @Test
    void namedContainers_mustRun() throws IOException {
        Finished done = run("vzpkg", "update", "--ct", "2600," + STOPPED);

        assertThat(done.status()).isEqualTo(15);
        assertThat(row(done, STOPPED)).contains("failed").contains("nothing was changed");
    }

    private static List<String> states(JsonNode result) {
        List<String> states = new ArrayList<>();
        result.at("/containers").forEach(line -> states.add(line.at("/state").asString()));
        return states;
    }

    private static String row(Finished done, String container) {
        return done.text()
                .lines()
                .filter(line -> line.startsWith(container + " "))
                .findFirst()
                .orElse("no row of " + container + " in:\n" + done.text());
    }

    /** All running containers hold the newest version. */
    private static void settle() throws IOException {
        succeed("vzpkg", "update", "-r", "--all");
    }

    private static void publishNext() throws IOException {
        version++;
        repository
                .add(hello(
                        version, "if [ -e /etc/slow ]; then touch /etc/slow-begun; sleep 2; fi; ! [ -e /etc/refuse ]"))
                .publish();
    }

    private static int versionIn(String container) throws IOException {
        String said = succeed("vzctl", "exec", container, "hello").text();
        return Integer.parseInt(said.strip().replace("hello ", ""));
    }

    private static TinyPackage hello(int version, String script) {
        return TinyPackage.named("hello")
                .version(String.valueOf(version))
                .depends("tiny-base")
                .program("/usr/bin/hello", "#!/bin/sh\necho hello " + version + "\n")
                .script("postinst", script);
    }

    private static TinyPackage init() {
        return TinyPackage.named("tiny-init")
                .depends("tiny-base")
                .program(
                        "/usr/sbin/init",
                        "#!/bin/sh\ntrap 'exit 0' TERM RTMIN+3 2>/dev/null\nwhile :; do sleep 0.2; done\n");
    }

    private static JsonNode json(int status, String... words) throws IOException {
        Finished done = run(words);
        assertThat(done.status()).as(done.text() + done.stderrEnd()).isEqualTo(status);
        return new JsonMapper().readTree(done.text());
    }

    private static Finished succeed(String... words) throws IOException {
        Finished done = run(words);
        assertThat(done.status())
                .as(String.join(" ", words) + "\n" + done.text() + done.stderrEnd())
                .isZero();
        return done;
    }

    private static Finished run(String... words) throws IOException {
        return HOST.run(program(words));
    }

    private static Program program(String... words) {
        String launcher =
                Path.of("../bin").toAbsolutePath().normalize().resolve(words[0]).toString();
        return Program.of(launcher)
                .args(List.of(words).subList(1, words.length))
                .env("STENCIL_ROOT", root.toString());
    }
}
