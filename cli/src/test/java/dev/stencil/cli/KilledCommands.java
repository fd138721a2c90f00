package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.Kills;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A host whose commands are run as a user runs them and killed at moments spread over their usual time ({@link Kills}). Containers 390 to 399.
 */
abstract class KilledCommands {
    static final String TEMPLATE = "tiny-1-x86_64";
    static final String CONTAINER = "390";
    private static final String NEW_CONTAINER = "391";
    static final int KILLS = Kills.rounds();

    private final HostPrograms host = new HostPrograms();
    private Path directory = Path.of("");
    Path root = Path.of("");
    private TinyRepository repository;
    int version = 1;

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
        run("vzctl", "destroy", NEW_CONTAINER);
        for (Mounts.Mount mount : Mounts.current().reversed()) {
            if (mount.target().startsWith(directory)) {
                Mounts.detach(mount.target());
            }
        }
        try (Root parent = Root.open(directory.getParent())) {
            parent.deleteTree(directory.getFileName().toString());
        }
    }

    void startContainer() throws IOException {
        succeed("vzpkg", "create", "cache", TEMPLATE);
        succeed("vzctl", "create", CONTAINER, "--ostemplate", TEMPLATE);
        succeed("vzctl", "start", CONTAINER);
    }

    /** dpkg finds nothing half done, and every file is what its package says. */
    void assertSound(String where) throws IOException {
        String doubts = succeedAfter(where, "vzctl", "exec", CONTAINER, "dpkg --audit; dpkg --verify hello tiny-init")
                .text();
        assertThat(doubts).as(where).isEmpty();
    }

    int versionOfNewContainer(String where) throws IOException {
        succeedAfter(where, "vzctl", "create", NEW_CONTAINER, "--ostemplate", TEMPLATE);
        succeedAfter(where, "vzctl", "mount", NEW_CONTAINER);
        Path tree = root.resolve("vz/root/" + NEW_CONTAINER);
        String said = Files.readString(tree.resolve("usr/bin/hello"));
        assertThat(tree.resolve("var/lib/hello-was-here")).as(where).hasContent("hello " + number(said));
        succeedAfter(where, "vzctl", "umount", NEW_CONTAINER);
        succeedAfter(where, "vzctl", "destroy", NEW_CONTAINER);
        return number(said);
    }

    int versionIn(String container) throws IOException {
        return number(succeed("vzctl", "exec", container, "hello").text());
    }

    private static int number(String text) {
        return Integer.parseInt(text.replaceAll("(?s).*hello (\\d+).*", "$1"));
    }

    void publishNext() throws IOException {
        version++;
        repository.add(hello(version)).publish();
    }

    /** The same distribution's next release, whose packages are one version ahead. */
    void publishRelease(String release) throws IOException {
        TinyRepository next = TinyRepository.in(directory.resolve("archive-" + release))
                .addBase()
                .add(init())
                .add(hello(version + 1))
                .publish();
        String record = "file:" + next.directory() + " tiny main";
        TinyHost.release(root, release, record, next.keyring(), "tiny-base tiny-init hello");
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
                .program("/usr/sbin/poweroff", "#!/bin/sh\nkill -TERM 1\n")
                .program(
                        "/usr/sbin/init",
                        "#!/bin/sh\ntrap 'exit 0' TERM RTMIN+3 2>/dev/null\nwhile :; do sleep 0.2; done\n");
    }

    long millisOf(String... words) throws IOException {
        long begin = System.nanoTime();
        succeed(words);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    /** Kills the command in the middle of the {@code round}th of {@code rounds} equal parts of its usual time; says when. */
    String killed(int round, int rounds, long wholeMillis, String... words) throws Exception {
        return killedAfter(Kills.moment(round, rounds, wholeMillis), wholeMillis, words);
    }

    private String killedAfter(long pause, long wholeMillis, String... words) throws Exception {
        Process process = host.start(program(words));
        process.waitFor(pause, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        return String.join(" ", words) + " killed after " + pause + " of " + wholeMillis + " ms";
    }

    Finished succeed(String... words) throws IOException {
        return succeedAfter("in peace", words);
    }

    Finished succeedAfter(String where, String... words) throws IOException {
        Finished done = run(words);
        assertThat(done.status())
                .as(String.join(" ", words) + ", " + where + "\n" + done.text() + done.stderrEnd())
                .isZero();
        return done;
    }

    Finished run(String... words) throws IOException {
        return host.run(program(words));
    }

    Process begin(String... words) throws IOException {
        return host.start(program(words));
    }

    void signal(String name, Process process) throws IOException {
        host.run(Program.of("kill", "-s", name, String.valueOf(process.pid())));
    }

    /** In a mount namespace of its own, after {@code mounts}; {@code $ROOT} is the host's root. */
    Finished runAfterMounts(String mounts, String... words) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-m", "sh", "-c", mounts + " && exec \"$@\"", "sh"));
        arguments.add(launcher(words[0]));
        arguments.addAll(Arrays.asList(words).subList(1, words.length));
        return host.run(Program.of("unshare")
                .args(arguments)
                .env("STENCIL_ROOT", root.toString())
                .env("ROOT", root.toString()));
    }

    private static String launcher(String name) {
        return Path.of("../bin").toAbsolutePath().normalize().resolve(name).toString();
    }

    /** As from a shell: the launcher becomes the JVM, so the signal meets it. */
    private Program program(String... words) {
        return Program.of(launcher(words[0]))
                .args(Arrays.asList(words).subList(1, words.length))
                .env("STENCIL_ROOT", root.toString());
    }
}
