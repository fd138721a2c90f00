package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TinyHost;
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
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} at random moments of the commands that change something, run as a user runs them: afterwards there is the
 * old state or the new one, and the next command works (conary.md A-14). Containers 390 to 399.
 */
class KillIT {
    private static final String TEMPLATE = "tiny-1-x86_64";
    private static final String CONTAINER = "390";
    private static final int KILLS = 10;

    private final HostPrograms host = new HostPrograms();
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private Path directory;
    private Path root;
    private TinyRepository repository;
    private int version = 1;

    @BeforeEach
    void makeHost() throws IOException {
        Path parent = Files.createDirectories(Path.of("/var/tmp/stencil-tests"));
        directory = Files.createTempDirectory(
                parent, "kill-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        repository = TinyRepository.in(directory.resolve("archive"))
                .addBase()
                .add(init())
                .add(hello(version))
                .publish();
        String record = "file:" + repository.directory() + " tiny main";
        root = TinyHost.in(directory.resolve("host"), record, repository.keyring(), "tiny-base tiny-init hello")
                .root();
    }

    @AfterEach
    void removeHost() throws IOException {
        run("vzctl", "stop", CONTAINER, "--fast");
        run("vzctl", "destroy", CONTAINER);
        for (Mounts.Mount mount : Mounts.current().reversed()) {
            if (mount.target().startsWith(directory)) {
                Mounts.detach(mount.target());
            }
        }
        try (Root parent = Root.open(directory.getParent())) {
            parent.deleteTree(directory.getFileName().toString());
        }
    }

    @Test
    void createCache() throws Exception {
        long whole = millisOf("vzpkg", "create", "cache", TEMPLATE);
        for (int i = 0; i < KILLS; i++) {
            succeed("vzpkg", "remove", "cache", TEMPLATE);
            String where = killed(whole, "vzpkg", "create", "cache", TEMPLATE);

            succeedAfter(where, "vzpkg", "create", "cache", TEMPLATE);

            assertThat(versionOfNewContainer(where)).as(where).isEqualTo(version);
        }
    }

    @Test
    void updateCache() throws Exception {
        succeed("vzpkg", "create", "cache", TEMPLATE);
        publishNext();
        long whole = millisOf("vzpkg", "update", "cache", TEMPLATE);
        for (int i = 0; i < KILLS; i++) {
            publishNext();
            String where = killed(whole, "vzpkg", "update", "cache", TEMPLATE);

            assertThat(versionOfNewContainer(where)).as(where).isBetween(version - 1, version);
            succeedAfter(where, "vzpkg", "update", "cache", TEMPLATE);
            assertThat(versionOfNewContainer(where)).as(where).isEqualTo(version);
        }
    }

    @Test
    void updateContainer() throws Exception {
        startContainer();
        publishNext();
        long whole = millisOf("vzpkg", "update", CONTAINER);
        for (int i = 0; i < KILLS; i++) {
            publishNext();
            String where = killed(whole, "vzpkg", "update", CONTAINER);

            succeedAfter(where, "vzpkg", "update", CONTAINER);
            assertThat(versionIn(CONTAINER)).as(where).isEqualTo(version);
            assertSound(where);
        }
    }

    @Test
    void rollback() throws Exception {
        startContainer();
        publishNext();
        succeed("vzpkg", "update", CONTAINER);
        long whole = millisOf("vzpkg", "rollback", CONTAINER);
        assertThat(versionIn(CONTAINER)).isEqualTo(version - 1);
        for (int i = 0; i < KILLS; i++) {
            succeed("vzpkg", "update", CONTAINER);
            String where = killed(whole, "vzpkg", "rollback", CONTAINER);

            Finished next = run("vzpkg", "update", CONTAINER);
            if (next.status() == 21) { // half-way back: it says what to do, and that works
                assertThat(next.stderrEnd()).as(where).contains("vzpkg rollback " + CONTAINER);
                succeedAfter(where, "vzpkg", "rollback", CONTAINER);
            }
            assertThat(versionIn(CONTAINER)).as(where).isEqualTo(next.isSuccess() ? version : version - 1);
            assertSound(where);
        }
    }

    @Test
    void rollbackOfAContainer() throws Exception {
        startContainer();
        publishNext();
        succeed("vzpkg", "update", CONTAINER);
        long whole = millisOf("vzpkg", "rollback", CONTAINER);
        for (int i = 0; i < KILLS; i++) {
            succeed("vzpkg", "update", CONTAINER);
            boolean running = i % 2 == 0;
            if (!running) {
                succeed("vzctl", "stop", CONTAINER, "--fast");
            }
            String where = killed(whole, "vzpkg", "rollback", CONTAINER) + (running ? ", running" : ", down");

            // Killed after its end, there is nothing left to undo.
            Finished again = run("vzpkg", "rollback", CONTAINER);
            assertThat(again.status())
                    .as(where + again.text() + again.stderrEnd())
                    .isIn(0, 35);
            if (!running) {
                succeedAfter(where, "vzctl", "start", CONTAINER);
            }
            assertThat(versionIn(CONTAINER)).as(where).isEqualTo(version - 1);
            assertSound(where);
        }
    }

    @Test
    void rollbackAfterAKilledUpdate() throws Exception {
        startContainer();
        publishNext();
        long whole = millisOf("vzpkg", "update", CONTAINER);
        for (int i = 0; i < KILLS; i++) {
            int before = versionIn(CONTAINER);
            publishNext();
            String where = killed(whole, "vzpkg", "update", CONTAINER);

            Path mark = root.resolve("vz/private/" + CONTAINER + "/operation");
            boolean half = Files.exists(mark);
            if (half || versionIn(CONTAINER) == version) {
                succeedAfter(where, "vzpkg", "rollback", CONTAINER);
            }
            assertThat(mark).as(where).doesNotExist();
            assertThat(versionIn(CONTAINER)).as(where).isEqualTo(before);
            assertSound(where);
            succeedAfter(where, "vzpkg", "update", CONTAINER);
        }
    }

    private void startContainer() throws IOException {
        succeed("vzpkg", "create", "cache", TEMPLATE);
        succeed("vzctl", "create", CONTAINER, "--ostemplate", TEMPLATE);
        succeed("vzctl", "start", CONTAINER);
    }

    /** dpkg finds nothing half done, and every file is what its package says. */
    private void assertSound(String where) throws IOException {
        String doubts = succeedAfter(where, "vzctl", "exec", CONTAINER, "dpkg --audit; dpkg --verify hello tiny-init")
                .text();
        assertThat(doubts).as(where).isEmpty();
    }

    private int versionOfNewContainer(String where) throws IOException {
        succeedAfter(where, "vzctl", "create", CONTAINER, "--ostemplate", TEMPLATE);
        succeedAfter(where, "vzctl", "mount", CONTAINER);
        Path tree = root.resolve("vz/root/" + CONTAINER);
        String said = Files.readString(tree.resolve("usr/bin/hello"));
        assertThat(tree.resolve("var/lib/hello-was-here")).as(where).hasContent("hello " + number(said));
        succeedAfter(where, "vzctl", "umount", CONTAINER);
        succeedAfter(where, "vzctl", "destroy", CONTAINER);
        return number(said);
    }

    private int versionIn(String container) throws IOException {
        return number(succeed("vzctl", "exec", container, "hello").text());
    }

    private static int number(String text) {
        return Integer.parseInt(text.replaceAll("(?s).*hello (\\d+).*", "$1"));
    }

    private void publishNext() throws IOException {
        version++;
        repository.add(hello(version)).publish();
    }

    private static TinyPackage hello(int version) {
        return TinyPackage.named("hello")
                .version(String.valueOf(version))
                .depends("tiny-base")
                .program("/usr/bin/hello", "#!/bin/sh\necho hello " + version + "\n")
                .script("postinst", "sleep 0.1; hello > /var/lib/hello-was-here");
    }

    private static TinyPackage init() {
        return TinyPackage.named("tiny-init")
                .depends("tiny-base")
                .program(
                        "/usr/sbin/init",
                        "#!/bin/sh\ntrap 'exit 0' TERM RTMIN+3 2>/dev/null\nwhile :; do sleep 0.2; done\n");
    }

    private long millisOf(String... words) throws IOException {
        long begin = System.nanoTime();
        succeed(words);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    /** Kills the command at a moment of its usual time; says when. */
    private String killed(long wholeMillis, String... words) throws Exception {
        long pause = random.nextLong(wholeMillis);
        Process process = host.start(program(words));
        process.waitFor(pause, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        return String.join(" ", words) + " killed after " + pause + " of " + wholeMillis + " ms, seed " + seed;
    }

    private Finished succeed(String... words) throws IOException {
        return succeedAfter("in peace", words);
    }

    private Finished succeedAfter(String where, String... words) throws IOException {
        Finished done = run(words);
        assertThat(done.status())
                .as(String.join(" ", words) + ", " + where + "\n" + done.text() + done.stderrEnd())
                .isZero();
        return done;
    }

    private Finished run(String... words) throws IOException {
        return host.run(program(words));
    }

    /** As from a shell: the launcher becomes the JVM, so the signal meets it. */
    private Program program(String... words) {
        String launcher =
                Path.of("../bin").toAbsolutePath().normalize().resolve(words[0]).toString();
        return Program.of(launcher)
                .args(java.util.Arrays.asList(words).subList(1, words.length))
                .env("STENCIL_ROOT", root.toString());
    }
}
