package dev.stencil.container.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real systemd in a real container. One guest stays up for the tests that only look at it. */
class RuntimeEngineIT {
    private static final Duration BOOT = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);

    private static SystemRoot system;

    @BeforeAll
    static void boot() throws IOException {
        system = SystemRoot.create();
        var limits = new GuestLimits(OptionalLong.of(512L << 20), OptionalLong.empty(), OptionalLong.of(300), cpu());
        system.engine.startAndWait(
                system.container(201).limits(limits).addresses(List.of(InetAddress.ofLiteral("10.91.0.1"))), BOOT);
    }

    private static GuestLimits.Cpu cpu() {
        return new GuestLimits.Cpu(OptionalInt.of(500), OptionalInt.of(150), java.util.Optional.empty());
    }

    @AfterAll
    static void remove() throws IOException {
        system.remove();
    }

    @Test
    void systemdIsRunning_notDegraded() throws IOException {
        assertThat(inside("systemctl is-system-running; systemctl --failed --no-legend")
                        .text())
                .isEqualTo("running\n");
    }

    @Test
    void startingChangesNoDeviceOfTheHost() throws IOException {
        Path device = Path.of("/dev/null");
        Files.setAttribute(device, "unix:uid", 0);
        Files.setAttribute(device, "unix:gid", 0);

        system.engine.start(system.container(213));
        system.engine.kill("213");

        assertThat(Files.readAttributes(device, "unix:uid,gid,permissions"))
                .containsEntry("uid", 0)
                .containsEntry("gid", 0)
                .containsEntry("permissions", PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    @Test
    void guestKnowsItsNameAndMachineId() throws IOException {
        assertThat(inside("hostname").text()).isEqualTo("ct201\n");
        assertThat(inside("cat /etc/machine-id").text()).isEqualTo("000000000000400080000000000000c9\n");
    }

    @Test
    void isFoundWithItsIsolation() throws IOException {
        RunningGuest guest = system.engine.find("201").orElseThrow();

        assertThat(guest.isolation()).isEqualTo(RunningGuest.Isolation.USER_NAMESPACE);
        assertThat(guest.root()).isEqualTo(system.root(201));
        assertThat(Files.readString(Path.of("/proc/" + guest.initProcess() + "/comm")))
                .isEqualTo("systemd\n");
        assertThat(system.engine.all()).extracting(RunningGuest::id).contains("201");
        assertThat(system.engine.find("299")).isEmpty();
    }

    @Test
    void commandsInsideGetTheirOwnEnvironmentStreamsAndStatus() throws IOException {
        Program program = Program.of("sh", "-c", "cat; echo \"$A $(pwd)\" >&2; exit 42")
                .env("A", "b c")
                .in(Path.of("/usr"))
                .input(new Program.Input.Bytes(new byte[] {0, -1}));

        Finished finished = system.engine.inside("201").run(program);

        assertThat(finished.stdout()).isEqualTo(new byte[] {0, -1});
        assertThat(finished.stderrEnd()).isEqualTo("b c /usr\n");
        assertThat(finished.status()).isEqualTo(42);
    }

    @Test
    void limitsAreThoseOfTheGuest() throws IOException {
        assertThat(readLimit("pids", "pids.max", "pids.max")).isEqualTo("300");
        assertThat(readLimit("memory", "memory.limit_in_bytes", "memory.max")).isEqualTo("536870912");
        assertThat(readLimit("cpu", "cpu.cfs_quota_us", "cpu.max")).startsWith("150000");
    }

    private static String readLimit(String controller, String version1, String version2) throws IOException {
        Cgroups cgroups = Cgroups.ofHost();
        String key = GuestDirectory.of(system.layout, "201").key();
        Path file = cgroups.controller(controller)
                .map(mount -> mount.resolve("stencil").resolve(key).resolve(version1))
                .orElse(cgroups.unified().resolve("stencil").resolve(key).resolve(version2));
        return Files.readString(file).strip();
    }

    @Test
    void commandsInsideAreLimitedToo() throws IOException {
        assertThat(inside("i=0; while [ $i -lt 400 ]; do sleep 5 & i=$((i+1)); done")
                        .isSuccess())
                .isFalse();
    }

    @Test
    void rootOfTheGuestCannotChangeTheHostsKernel() throws IOException {
        String before = Files.readString(Path.of("/proc/sys/kernel/core_pattern"));

        assertThat(inside("echo '|/bin/x' > /proc/sys/kernel/core_pattern").isSuccess())
                .isFalse();
        assertThat(inside("mkdir /tmp/p; mount -t proc proc /tmp/p && echo '|/bin/x' > /tmp/p/sys/kernel/core_pattern")
                        .isSuccess())
                .isFalse();
        assertThat(inside("echo c > /proc/sysrq-trigger").isSuccess()).isFalse();
        assertThat(inside("mount -o remount,rw /sys").isSuccess()).isFalse();
        assertThat(Files.readString(Path.of("/proc/sys/kernel/core_pattern"))).isEqualTo(before);
    }

    @Test
    void rootOfTheGuestCannotLoadAModule() throws IOException {
        Finished finished = inside("perl -e 'my $s = \"\"; syscall(313, 0, $s, 0); exit($! + 0)'"); // finit_module

        assertThat(finished.status()).as("EPERM").isEqualTo(1);
    }

    @Test
    void rootOfTheGuestCannotReachADevice() throws IOException {
        assertThat(inside("mknod /dev/disk b 254 0").isSuccess()).isFalse();
        assertThat(inside("mknod /tmp/disk b 254 0").isSuccess()).isFalse();
    }

    @Test
    void aDeviceNodeThatIsInTheImageCannotBeOpened() throws IOException {
        Path node = system.root(201).resolve("tmp/planted");
        String disk = firstDisk();
        system.host
                .run(Program.of("mknod", "-m", "666", node.toString(), "b").args(disk.split(" ")))
                .orThrow();

        assertThat(inside("head -c 1 /tmp/planted").stderrEnd()).contains("Permission denied");
        assertThat(inside("mount /tmp/planted /mnt").isSuccess()).isFalse();
        assertThat(inside("mount -o remount,dev / && head -c 1 /tmp/planted").isSuccess())
                .isFalse();
    }

    private static String firstDisk() throws IOException {
        String[] words =
                Files.readAllLines(Path.of("/proc/partitions")).get(2).strip().split(" +");
        return words[0] + " " + words[1];
    }

    @Test
    void filesOfTheHostAreOutOfReach() throws IOException {
        Path secret = system.layout.root().resolve("secret");
        Files.writeString(secret, "of the host");

        assertThat(inside("cat /proc/1/root" + secret).isSuccess()).isFalse();
        assertThat(inside("cat /../../../.." + secret).isSuccess()).isFalse();
        assertThat(inside("touch /run/host/x").isSuccess()).isFalse();
    }

    @Test
    void idsOfTheGuestAreUnprivilegedOnTheHost() throws IOException {
        long init = system.engine.find("201").orElseThrow().initProcess();

        assertThat(Files.getAttribute(Path.of("/proc/" + init), "unix:uid"))
                .isEqualTo(SystemRoot.ids(201).first());
        assertThat(inside("stat -c %u /etc/passwd").text()).isEqualTo("0\n");
    }

    @Test
    void frozenGuestStandsStill_andRunsAgainWhenThawed() throws IOException {
        system.engine.freeze("201");
        assertThat(system.engine.find("201").orElseThrow().isFrozen()).isTrue();

        system.engine.thaw("201");
        assertThat(system.engine.find("201").orElseThrow().isFrozen()).isFalse();
        assertThat(inside("true").isSuccess()).isTrue();
    }

    @Test
    void secondStartIsRefused() throws IOException {
        var identity = new GuestSpec.Identity("x", java.util.UUID.randomUUID(), java.util.Map.of());
        GuestSpec again = GuestSpec.of("201", system.root(201), identity, SystemRoot.ids(201));

        assertThatThrownBy(() -> system.engine.start(again))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CONTAINER_RUNNING));
        assertThat(inside("true").isSuccess()).isTrue();
    }

    @Test
    void rebootStartsItAgain_withItsAddress_andPowerOffCleansUp() throws Exception {
        GuestSpec spec = system.container(202).addresses(List.of(InetAddress.ofLiteral("10.91.0.2")));
        RunningGuest first = system.engine.startAndWait(spec, BOOT);

        system.engine.inside("202").run(Program.of("systemctl", "reboot"));
        RunningGuest second = awaitOther(first);

        assertThat(second.initProcess()).isNotEqualTo(first.initProcess());
        assertThat(ping("10.91.0.2")).isTrue();
        assertThat(system.engine
                        .inside("201")
                        .run(Program.of("ping", "-c1", "-W2", "10.91.0.2"))
                        .isSuccess())
                .as("from another container")
                .isTrue();

        system.engine.inside("202").run(Program.of("systemctl", "poweroff"));
        awaitEnd("202");

        assertThat(system.mounts.isMounted(system.root(202))).isFalse();
        assertThat(system.host
                        .run(Program.of("ip", "route", "show", "10.91.0.2"))
                        .text())
                .isEmpty();
        assertThat(GuestDirectory.of(system.layout, "202").path()).doesNotExist();
    }

    private static RunningGuest awaitOther(RunningGuest first) throws Exception {
        for (int i = 0; i < 300; i++) {
            var now = system.engine.find(first.id()).filter(guest -> guest.initProcess() != first.initProcess());
            if (now.isPresent() && isUp(first.id())) {
                return now.get();
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the guest did not come back");
    }

    private static boolean isUp(String id) throws IOException {
        return system.engine
                .inside(id)
                .run(Program.of("systemctl", "is-system-running"))
                .isSuccess();
    }

    private static void awaitEnd(String id) throws Exception {
        for (int i = 0; i < 300 && GuestDirectory.of(system.layout, id).exists(); i++) {
            Thread.sleep(50);
        }
    }

    private static boolean ping(String address) throws IOException {
        return InetAddress.ofLiteral(address).isReachable(1000);
    }

    @Test
    void stopPowersOff_andLeavesNothing() throws IOException {
        system.engine.startAndWait(system.container(203), BOOT);

        assertThat(system.engine.stop("203", STOP)).isTrue();

        assertThat(system.engine.find("203")).isEmpty();
        assertThat(system.mounts.isMounted(system.root(203))).isFalse();
        assertThat(leftCgroups("203")).isEmpty();
    }

    /** A host that goes down must not wait for such a guest. */
    @Test
    @Timeout(60)
    void stopGivesUpOnAPowerOffThatHangs() throws IOException {
        GuestSpec spec = system.container(219);
        program(219, "init", "while :; do sleep 0.2; done");
        program(219, "poweroff", "exec sleep 1000");
        system.engine.start(spec);

        assertThat(system.engine.stop("219", Duration.ofSeconds(2))).isFalse();

        system.engine.kill("219");
        assertThat(system.engine.find("219")).isEmpty();
        assertThat(leftCgroups("219")).isEmpty();
    }

    private static void program(int container, String name, String script) throws IOException {
        Path file = system.root(container).resolve("usr/sbin").resolve(name);
        Files.deleteIfExists(file);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static List<Path> leftCgroups(String id) throws IOException {
        return new GuestCgroup(
                        Cgroups.ofHost(), GuestDirectory.of(system.layout, id).key())
                .all().stream().filter(Files::exists).toList();
    }

    @Test
    void killEndsAtOnce_andCleansUpWhenTheMonitorIsDeadToo() throws IOException {
        system.engine.start(system.container(204));
        Path monitor = GuestDirectory.of(system.layout, "204").monitorFile();
        ProcessHandle.of(Long.parseLong(Files.readString(monitor).strip()))
                .orElseThrow()
                .destroyForcibly();

        system.engine.kill("204");

        assertThat(system.engine.find("204")).isEmpty();
        assertThat(GuestDirectory.of(system.layout, "204").path()).doesNotExist();
        assertThat(system.mounts.isMounted(system.root(204))).isFalse();
    }

    @Test
    void addressOfAnotherGuestIsRefused() throws IOException {
        GuestSpec thief = system.container(205).addresses(List.of(InetAddress.ofLiteral("10.91.0.1")));

        assertThatThrownBy(() -> system.engine.start(thief))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.ADDRESS_IN_USE));

        assertThat(system.mounts.isMounted(system.root(205)))
                .as("left to its mounter")
                .isTrue();
        system.mounts.unmount(system.root(205));
    }

    @Test
    void addressesOfARunningGuestChange() throws IOException {
        system.engine.route("201", List.of(InetAddress.ofLiteral("10.91.0.1"), InetAddress.ofLiteral("10.91.0.9")));
        assertThat(ping("10.91.0.9")).isTrue();

        system.engine.route("201", List.of(InetAddress.ofLiteral("10.91.0.1")));
        assertThat(ping("10.91.0.9")).isFalse();
        assertThat(ping("10.91.0.1")).isTrue();
    }

    @Test
    void guestWithoutUserNamespaceHasNoSysAdmin_andCannotReachTheHost() throws IOException {
        system.engine.startAndWait(system.privileged(206), BOOT);
        var inside = system.engine.inside("206");

        assertThat(system.engine.find("206").orElseThrow().isolation()).isEqualTo(RunningGuest.Isolation.PRIVILEGED);
        assertThat(inside.run(Program.of("sh", "-c", "echo x > /proc/sys/kernel/core_pattern"))
                        .isSuccess())
                .isFalse();
        assertThat(inside.run(Program.of("mount", "-t", "proc", "proc", "/mnt")).isSuccess())
                .isFalse();
        assertThat(inside.run(Program.of("mknod", "/tmp/disk", "b", "254", "0")).isSuccess())
                .isFalse();
        assertThat(inside.run(Program.of("mount", "-o", "remount,rw", "/sys")).isSuccess())
                .isFalse();

        system.engine.kill("206");
    }

    @Test
    void rootWithoutInitIsRefused() throws IOException {
        Path empty = Files.createDirectories(system.layout.root().resolve("empty"));
        var identity = new GuestSpec.Identity("x", java.util.UUID.randomUUID(), java.util.Map.of());

        assertThatThrownBy(() -> system.engine.start(GuestSpec.of("207", empty, identity, SystemRoot.ids(207))))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NO_INIT));
        assertThat(GuestDirectory.of(system.layout, "207").path()).doesNotExist();
    }

    @Test
    void guestWhoseInitEndsAtOnceIsReportedAndGone() throws IOException {
        GuestSpec spec = system.container(208);
        system.host
                .run(Program.of("ln", "-sf", "/usr/bin/true", system.root(208) + "/usr/sbin/init"))
                .orThrow();

        assertThatThrownBy(() -> system.engine.startAndWait(spec, BOOT)).hasMessageMatching("(?s).*ended.*");

        system.engine.kill("208");
        assertThat(GuestDirectory.of(system.layout, "208").path()).doesNotExist();
        assertThat(system.engine.find("208")).isEmpty();
    }

    @Test
    void filesOfAnotherGuestAreOutOfReach() throws IOException {
        GuestSpec other = system.container(209);
        Files.writeString(other.root().resolve("etc/secret-of-209"), "x");

        assertThat(inside("find / -name secret-of-209 2>/dev/null").text()).isEmpty();
        assertThat(inside("cat /proc/1/root" + other.root() + "/etc/secret-of-209")
                        .isSuccess())
                .isFalse();

        system.mounts.unmount(other.root());
    }

    private static Finished inside(String script) throws IOException {
        return system.engine.inside("201").run(Program.of("sh", "-c", script));
    }
}
