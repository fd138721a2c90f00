package dev.stencil.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.container.CreateContainerRequest.Places;
import dev.stencil.container.CreateContainerRequest.Profile;
import dev.stencil.container.config.ContainerId;
import dev.stencil.container.config.IpAddress;
import dev.stencil.container.config.Setting;
import dev.stencil.container.config.Settings;
import dev.stencil.container.config.SettingsChange;
import dev.stencil.container.engine.RuntimeEngine;
import dev.stencil.container.engine.SystemRoot;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Containers with systemd from creation to destruction: real mounts, real runtime. Ids 310 to 319, addresses 10.92.3.*. */
class ContainerLifeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HostPrograms host = new HostPrograms();
    private Path directory;
    private ContainerHouse house;
    private RuntimeEngine engine;

    @BeforeEach
    void setUp() throws IOException {
        Path parent = Files.createDirectories(Path.of("/var/tmp/stencil-tests"));
        directory = Files.createTempDirectory(
                parent,
                "containers-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        engine = new RuntimeEngine(new HostLayout(directory), host, InstantSource.system());
        house = new ContainerHouse(directory, engine);
        house.cache(SystemRoot.layer());
    }

    @AfterEach
    void cleanUp() throws IOException {
        ContainerService service = house.service();
        for (ContainerId id : service.containers().configs().ids()) {
            service.stop(id, StopOptions.FAST, Progress.NONE);
            service.destroy(id, Progress.NONE);
        }
        host.run(Program.of("rm", "-rf", "--one-file-system", directory.toString()))
                .orThrow();
    }

    @Test
    void twoContainersHaveTheirOwnIdentityAndReachEachOther() throws IOException {
        create("310", "www.example.com", "10.92.3.10");
        create("311", "db.example.com", "10.92.3.11");
        start("310");
        start("311");

        assertThat(inside("310", "systemctl is-system-running; systemctl --failed --no-legend"))
                .isEqualTo("running");
        assertThat(inside("310", "hostname")).isEqualTo("www.example.com");
        assertThat(inside("310", "cat /etc/resolv.conf")).contains("nameserver 10.92.3.53");
        assertThat(inside("310", "getent ahostsv4 www")).contains("10.92.3.10");
        assertThat(inside("310", "ping -c 1 -W 2 10.92.3.11 >/dev/null && echo reached"))
                .isEqualTo("reached");
        assertThat(host.run(Program.of("ping", "-c", "1", "-W", "2", "10.92.3.10"))
                        .isSuccess())
                .as("from the host")
                .isTrue();
        String first = inside("310", "cat /etc/machine-id");
        assertThat(first).isNotEqualTo(inside("311", "cat /etc/machine-id"));
        assertThat(first)
                .isEqualTo(house.service()
                        .containers()
                        .require("310")
                        .config()
                        .uuid()
                        .replace("-", ""));
    }

    @Test
    void aRebootInsideKeepsTheAddressAndTheMachineId() throws Exception {
        create("312", "boot.example.com", "10.92.3.12");
        start("312");
        long before = init("312");
        String machineId = inside("312", "cat /etc/machine-id");

        inside("312", "systemctl reboot");

        await(() -> engine.find("312")
                        .filter(guest -> guest.initProcess() != before)
                        .isPresent()
                && inside("312", "systemctl is-system-running").equals("running"));
        assertThat(inside("312", "cat /etc/machine-id")).isEqualTo(machineId);
        assertThat(inside("312", "ip -o -4 address show venet0")).contains("10.92.3.12/32");
    }

    @Test
    void aPowerOffInsideUnmounts_andTheNextStartWorks() throws Exception {
        create("313", "off.example.com", "10.92.3.13");
        start("313");
        inside("313", "echo kept > /root/file; systemctl poweroff");
        var down = new ContainerStatus(true, false, ContainerStatus.State.DOWN);
        ContainerId id = ContainerId.parse("313");

        await(() -> house.service().containers().status(id).equals(down));

        start("313");
        assertThat(inside("313", "cat /root/file")).isEqualTo("kept");
    }

    @Test
    void changesReachTheRunningGuest() throws IOException {
        create("314", "old.example.com", "10.92.3.14");
        start("314");
        ContainerId id = ContainerId.parse("314");
        SettingsChange change = SettingsChange.NONE
                .with(setting("--hostname"), "new.example.com")
                .with(setting("--ram"), "512M")
                .removing(List.of("all"))
                .adding(List.of(IpAddress.parse("10.92.3.24")));

        house.service().set(id, change, true);

        assertThat(inside("314", "hostname")).isEqualTo("new.example.com");
        assertThat(inside("314", "ip -o -4 address show venet0"))
                .contains("10.92.3.24/32")
                .doesNotContain("10.92.3.14");
        house.service().restart(id, StartOptions.DEFAULT.waiting(PATIENCE), Progress.NONE);
        assertThat(inside("314", "hostname; ip -o -4 address show venet0"))
                .contains("new.example.com", "10.92.3.24/32")
                .doesNotContain("10.92.3.14");
    }

    @Test
    void anAddressOfAnotherContainerIsRefused_andTheStartUndone() throws IOException {
        create("315", "one", "10.92.3.15");
        create("316", "two", "10.92.3.15");
        start("315");

        assertThatThrownBy(() -> start("316")).isInstanceOfSatisfying(StencilException.class, e -> assertThat(
                        e.fault().vzctlCode())
                .isEqualTo(78));

        assertThat(house.service().containers().status(ContainerId.parse("316")))
                .isEqualTo(new ContainerStatus(true, false, ContainerStatus.State.DOWN));
    }

    @Test
    void aRootThatTheGuestCannotReachIsNamedBeforeAnythingStarts() throws IOException {
        create("315", "closed", "10.92.3.15");
        Path closed = house.path("/vz");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> start("315"))
                .isInstanceOf(StencilException.class)
                .hasMessageContaining("chmod o+x " + closed);

        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void scriptsOfTheAdministratorRunAroundTheMount() throws IOException {
        create("317", "scripts", "10.92.3.17");
        Path trace = directory.resolve("trace");
        for (String moment : List.of("premount", "mount", "umount", "postumount")) {
            script("/etc/vz/conf/vps." + moment, "echo global " + moment + " $VEID >> " + trace);
            script("/vz/private/317/scripts/" + moment, "echo own " + moment + " >> " + trace);
        }
        ContainerId id = ContainerId.parse("317");

        house.service().mount(id, Progress.NONE);
        assertThat(house.service().containers().status(id).isMounted()).isTrue();
        house.service().unmount(id, Progress.NONE);

        assertThat(trace)
                .hasContent(
                        """
                        global premount 317
                        own premount
                        global mount 317
                        own mount
                        own umount
                        global umount 317
                        own postumount
                        global postumount 317
                        """);
        script("/vz/private/317/scripts/mount", "echo no >&2; exit 5");
        assertThatThrownBy(() -> house.service().mount(id, Progress.NONE))
                .hasMessageContaining("status 5: no")
                .isInstanceOfSatisfying(
                        StencilException.class,
                        e -> assertThat(e.fault().vzctlCode()).isEqualTo(79));
        assertThat(house.service().containers().status(id).isMounted()).isFalse();
    }

    @Test
    void ofTwoCreatesAtOnceOneWins() throws Exception {
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            tasks.add(() -> {
                try {
                    house.service().create(request("318", "race", "10.92.3.18"), Progress.NONE);
                    return 0;
                } catch (StencilException e) {
                    return e.fault().vzctlCode();
                }
            });
        }

        List<Integer> codes = new ArrayList<>();
        try (var executor = Executors.newFixedThreadPool(2)) {
            for (Future<Integer> result : executor.invokeAll(tasks)) {
                codes.add(result.get());
            }
        }

        assertThat(codes).containsOnlyOnce(0).containsAnyOf(9, 44, 48);
        assertThat(house.service().containers().require("318").area().isMarked())
                .isTrue();
    }

    @Test
    void aCreateThatWasKilledIsNoObstacle() throws Exception {
        Process killed = host.start(Program.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .args("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"))
                .args(SleepyCreation.class.getName(), directory.toString(), "319"));
        Path draft = house.path("/vz/private/319.private_temporary");
        try (var reader = killed.inputReader()) {
            assertThat(reader.readLine()).isEqualTo("half-way");
        }
        assertThat(draft).exists();
        killed.destroyForcibly().waitFor();
        assertThat(house.path("/vz/lock/319.lck")).exists();

        create("319", "again", "10.92.3.19");

        start("319");
        assertThat(inside("319", "hostname")).isEqualTo("again");
        assertThat(draft).doesNotExist();
    }

    private void create(String id, String hostName, String address) {
        house.service().create(request(id, hostName, address), Progress.NONE);
    }

    private static CreateContainerRequest request(String id, String hostName, String address) {
        SettingsChange settings = SettingsChange.NONE
                .with(setting("--hostname"), hostName)
                .with(setting("--nameserver"), "10.92.3.53")
                .adding(List.of(IpAddress.parse(address)));
        return new CreateContainerRequest(
                ContainerId.parse(id), Optional.empty(), Optional.empty(), Profile.DEFAULT, Places.DEFAULT, settings);
    }

    private void start(String id) {
        house.service().start(ContainerId.parse(id), StartOptions.DEFAULT.waiting(PATIENCE), Progress.NONE);
    }

    private String inside(String id, String command) throws IOException {
        Finished finished = engine.inside(id).run(Program.of("/bin/sh", "-c", command));
        return finished.text().strip();
    }

    private long init(String id) throws IOException {
        return engine.find(id).orElseThrow().initProcess();
    }

    private void script(String configured, String line) throws IOException {
        house.write(configured, "#!/bin/sh\n" + line + "\n");
        assertThat(house.path(configured).toFile().setExecutable(true)).isTrue();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("within %s", PATIENCE).isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    private static Setting setting(String option) {
        return Settings.all().stream()
                .filter(setting -> setting.names().contains(option))
                .findFirst()
                .orElseThrow();
    }
}
