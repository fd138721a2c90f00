package dev.stencil.linux.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile scripts in a root made of the host's own shell and tools. */
class SandboxIT {
    private final HostPrograms host = new HostPrograms();

    @TempDir
    Path directory;

    private Path root = Path.of("/");
    private @Nullable Sandbox sandbox;

    @BeforeEach
    void makeRoot() throws IOException {
        root = TinyRoot.make(directory.resolve("root"));
        sandbox = open(OciRuntime.find());
    }

    @AfterEach
    void close() throws IOException {
        sandbox.close();
    }

    @Test
    void streamsAndStatusAreThoseOfTheProgram() throws IOException {
        byte[] bytes = {0, 10, -1, 13};

        Finished finished = sandbox.run(
                Program.of("sh", "-c", "cat; echo words >&2; exit 3").input(new Program.Input.Bytes(bytes)));

        assertThat(finished.stdout()).isEqualTo(bytes);
        assertThat(finished.stderrEnd()).contains("words");
        assertThat(finished.status()).isEqualTo(3);
    }

    @Test
    void environmentAndDirectoryAreTheProgramsOwn() throws IOException {
        Program program = Program.of("sh", "-c", "echo \"$NAME in $(pwd), home $HOME\"")
                .env("NAME", "a b=c")
                .in(Path.of("/tmp"));

        assertThat(sandbox.run(program).orThrow().text()).isEqualTo("a b=c in /tmp, home /root\n");
    }

    @Test
    void hostNameIsFullyQualifiedAndResolves() throws IOException {
        assertThat(shell("cat /proc/sys/kernel/hostname").text()).isEqualTo("localhost.localdomain\n");
        assertThat(shell("cat /etc/hosts").text()).startsWith("127.0.0.1 localhost.localdomain localhost");
    }

    /** The comparison that ischroot(1) makes. */
    @Test
    void scriptsSeeThatTheyRunInAChroot() throws IOException {
        String identity = "stat -L -c %d:%i ";

        assertThat(shell(identity + "/proc/1/root/").text())
                .isNotEqualTo(shell(identity + "/").text())
                .isEqualTo(shell(identity + "/usr/").text());
    }

    @Test
    void nothingIsLeftInTheRootButWhatWasWritten() throws IOException {
        List<String> before = files();

        shell("echo x > /tmp/kept; echo y > /dev/shm/gone").orThrow();
        sandbox.close();

        assertThat(files())
                .containsExactlyElementsOf(Stream.concat(before.stream(), Stream.of("tmp/kept"))
                        .sorted()
                        .toList());
    }

    @Test
    void loopbackIsUpAndNothingElseIsThere() throws IOException {
        assertThat(shell("cat /proc/net/dev").text()).contains("lo:").doesNotContain("eth");
        assertThat(shell("cat /proc/net/if_inet6").text()).contains("lo");
    }

    @Test
    void processesOfTheHostAreNotVisible() throws IOException {
        assertThat(shell("cat /proc/1/comm").text()).isEqualTo("cat\n");
    }

    @Test
    void orphansAreCollected() throws IOException {
        String states =
                shell("(sleep 0.05 &); sleep 0.3; cat /proc/[0-9]*/stat").text();

        assertThat(states).doesNotContain(" Z ");
    }

    @Test
    void absoluteLinksAndDotsStayInside() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "of the host");

        assertThat(shell("ln -s " + secret + " /tmp/link; cat /tmp/link").isSuccess())
                .isFalse();
        assertThat(shell("cat /../../../../../../.." + secret).isSuccess()).isFalse();
        assertThat(shell("cat /proc/1/root" + secret).isSuccess()).isFalse();
    }

    @Test
    void rootInsideCannotMount() throws IOException {
        assertThat(shell("mount --bind /tmp /mnt").isSuccess()).isFalse();
        assertThat(shell("mount -t proc proc /mnt").isSuccess()).isFalse();
        assertThat(shell("mount -o remount,rw /sys").isSuccess()).isFalse();
        assertThat(shell("unshare --mount true").isSuccess()).isFalse();
    }

    @Test
    void kernelSettingsCannotBeWritten() throws IOException {
        String before = Files.readString(Path.of("/proc/sys/kernel/core_pattern"));

        assertThat(shell("echo '|/tmp/x' > /proc/sys/kernel/core_pattern").isSuccess())
                .isFalse();
        assertThat(shell("echo b > /proc/sysrq-trigger").isSuccess()).isFalse();
        assertThat(Files.readString(Path.of("/proc/sys/kernel/core_pattern"))).isEqualTo(before);
    }

    @Test
    void aDiskOfTheHostCannotBeOpened() throws IOException {
        String disk = Files.readAllLines(Path.of("/proc/partitions")).stream()
                .skip(2)
                .map(line -> line.strip().split(" +"))
                .map(words -> words[0] + " " + words[1])
                .findFirst()
                .orElseThrow();

        Finished finished = shell("mknod /tmp/disk b " + disk + " && head -c 1 /tmp/disk");

        assertThat(finished.isSuccess()).isFalse();
    }

    @Test
    void syncingDoesNothingAndSucceeds() throws IOException {
        shell("echo x > /tmp/x; sync /tmp/x; sync").orThrow();
    }

    @Test
    void timeLimitEndsEverythingInside_andTheNextRunWorks() throws IOException {
        Program slow = Program.of("sh", "-c", "sleep 61 & sleep 62").timeout(Duration.ofMillis(300));

        assertThatThrownBy(() -> sandbox.run(slow))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not end");

        assertThat(shell("cat /proc/[0-9]*/cmdline").text())
                .doesNotContain("61")
                .doesNotContain("62");
    }

    @Test
    void closingEndsWhatScriptsLeftRunning() throws IOException {
        String sleep = "sleep 4713." + System.nanoTime(); // like no other on this machine
        shell(sleep + " >/dev/null 2>&1 &").orThrow();

        sandbox.close();

        assertThat(ProcessHandle.allProcesses().flatMap(handle -> handle.info().commandLine().stream()))
                .noneMatch(line -> line.contains(sleep));
    }

    @Test
    void leftoversOfADeadProcessAreRemovedByTheNextOpen() throws IOException {
        Path state = directory.resolve("state");
        Files.createDirectories(state.resolve("sandbox-999999999-1"));
        Path ours = Files.createDirectories(
                state.resolve("sandbox-" + ProcessHandle.current().pid() + "-777"));

        Sandbox.open(OciRuntime.find(), host, root, SandboxOptions.in(state)).close();

        assertThat(state.resolve("sandbox-999999999-1")).doesNotExist();
        assertThat(ours).exists();
    }

    @Test
    void bindMountsAreReadOnly() throws IOException {
        Path given = Files.createDirectories(directory.resolve("given"));
        Files.writeString(given.resolve("file"), "content");
        var options = SandboxOptions.in(directory.resolve("state")).mount(OciMount.readOnlyBind(given, "/mnt"));
        try (var other = Sandbox.open(OciRuntime.find(), host, root, options)) {
            assertThat(other.run(Program.of("cat", "/mnt/file")).text()).isEqualTo("content");
            assertThat(other.run(Program.of("sh", "-c", "echo > /mnt/new")).isSuccess())
                    .isFalse();
        }
    }

    @Test
    void hostNetworkAndHostNameCanBeAskedFor() throws IOException {
        var options = SandboxOptions.in(directory.resolve("state"))
                .hostName("build.example")
                .onHostNetwork();
        try (var other = Sandbox.open(OciRuntime.find(), host, root, options)) {
            Finished finished = other.run(Program.of("sh", "-c", "cat /etc/hosts; cat /proc/net/dev"));

            assertThat(finished.text()
                            .lines()
                            .filter(line -> line.contains(":"))
                            .map(line -> line.split(":")[0].strip()))
                    .containsAll(devicesOfTheHost());
            assertThat(finished.text()).startsWith("127.0.0.1 build.example build localhost\n");
        }
    }

    private static List<String> devicesOfTheHost() throws IOException {
        return Files.readAllLines(Path.of("/proc/net/dev")).stream()
                .filter(line -> line.contains(":"))
                .map(line -> line.split(":")[0].strip())
                .filter(name -> name.equals("lo") || name.startsWith("eth"))
                .toList();
    }

    @Test
    void crunWorksAsWell_whateverTheCgroupsOfTheHost() throws IOException {
        OciRuntime crun = OciRuntime.crun().orElseThrow();
        try (var other = open(crun)) {
            assertThat(other.run(Program.of("cat", "/proc/1/comm")).orThrow().text())
                    .isEqualTo("cat\n");
            assertThat(other.run(Program.of("sh", "-c", "exit 7")).status()).isEqualTo(7);
        }
    }

    private Finished shell(String script) throws IOException {
        return sandbox.run(Program.of("sh", "-c", script));
    }

    private Sandbox open(OciRuntime runtime) throws IOException {
        return Sandbox.open(runtime, host, root, SandboxOptions.in(directory.resolve("state")));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.map(path -> root.relativize(path).toString()).sorted().toList();
        }
    }
}
