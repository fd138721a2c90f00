package dev.stencil.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stencil.container.config.ContainerId;
import dev.stencil.container.config.IpAddress;
import dev.stencil.container.config.Setting;
import dev.stencil.container.config.Settings;
import dev.stencil.container.config.SettingsChange;
import dev.stencil.container.engine.FakeEngine;
import dev.stencil.container.engine.GuestLimits;
import dev.stencil.container.engine.GuestSpec;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules about states, with an engine that only pretends; files are given to other users, so this needs root. */
class ContainerServiceTest {
    private static final ContainerId ID = ContainerId.parse("301");

    @TempDir
    Path directory;

    private final FakeEngine engine = new FakeEngine();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private ContainerHouse house;
    private Container container;

    @BeforeEach
    void setUp() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        house = new ContainerHouse(directory, engine);
        house.cache();
        container = house.service().create(house.request("301"), Progress.NONE);
    }

    @Test
    void whatDoesNotExistIsCode14() {
        var other = ContainerId.parse("399");

        assertFails(14, () -> house.service().start(other, StartOptions.DEFAULT, Progress.NONE));
        assertFails(14, () -> house.service().destroy(other, Progress.NONE));
        assertFails(14, () -> house.service().shell(other, List.of("true"), Map.of()));
        assertThat(house.service().containers().status(other))
                .isEqualTo(new ContainerStatus(false, false, ContainerStatus.State.DOWN));
    }

    @Test
    void aRunningContainerIsNotStartedUnmountedOrDestroyed() {
        run();

        assertFails(32, () -> house.service().start(ID, StartOptions.DEFAULT, Progress.NONE));
        assertFails(32, () -> house.service().unmount(ID, Progress.NONE));
        assertFails(32, () -> house.service().destroy(ID, Progress.NONE));
        assertThat(container.area().exists()).isTrue();
    }

    @Test
    void onlyWhatNobodyStoppedKeepsTheMarkForTheNextBoot() throws IOException {
        Files.createFile(container.area().runningMark());
        run();

        house.service().stop(ID, StopOptions.DEFAULT, Progress.NONE);

        assertThat(container.area().runningMark()).doesNotExist();
    }

    @Test
    void whatIsDisabledOrATemplateIsNotStarted() throws IOException {
        save("DISABLED", "yes");
        assertFails(105, () -> house.service().start(ID, StartOptions.DEFAULT, Progress.NONE));

        save("DISABLED", "no");
        save("VE_TYPE", "template");
        assertFails(
                105, () -> house.service().start(ID, new StartOptions(Optional.empty(), true, false), Progress.NONE));
        assertThat(engine.calls).isEmpty();
    }

    @Test
    void aFrozenContainerIsThawedByStart() throws IOException {
        run();
        engine.freeze("301");

        house.service().start(ID, StartOptions.DEFAULT, Progress.NONE);

        assertThat(house.service().containers().status(ID).state()).isEqualTo(ContainerStatus.State.RUNNING);
    }

    @Test
    void start_warnsOnceOfWhatTheHostRunsShortOf_andStartsAllTheSame() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        house.service().start(ID, StartOptions.DEFAULT, noting());
        assertThat(notes).noneMatch(line -> line.startsWith("Warning: "));
        house.service().stop(ID, StopOptions.DEFAULT, noting());
        engine.runShort("Warning: nothing is left");

        house.service().start(ID, StartOptions.DEFAULT, noting());

        assertThat(notes).containsOnlyOnce("Warning: nothing is left");
        assertThat(engine.find("301")).isPresent();
        house.service().stop(ID, StopOptions.DEFAULT, noting());
    }

    @Test
    void stoppingWhatDoesNotRunSaysSo() {
        house.service().stop(ID, StopOptions.DEFAULT, noting());

        assertThat(notes).containsExactly("Container is not running");
        assertThat(engine.calls).isEmpty();
    }

    @Test
    void aContainerThatIgnoresItsPowerButtonIsKilled() {
        run();
        engine.ignoreStop();

        house.service().stop(ID, StopOptions.DEFAULT, noting());

        assertThat(engine.calls).endsWith("stop 301", "kill 301");
        assertThat(notes).contains("Container was stopped");
    }

    @Test
    void fastMeansAtOnce() {
        run();

        house.service().stop(ID, StopOptions.FAST, Progress.NONE);

        assertThat(engine.calls).endsWith("kill 301").doesNotContain("stop 301");
    }

    @Test
    void theStopScriptRunsInside_andItsFailureLeavesTheContainerRunning() throws IOException {
        house.write("/vz/private/301/scripts/stop", "echo bye\n");
        run();
        engine.answer(1);

        assertFails(79, () -> house.service().stop(ID, StopOptions.DEFAULT, Progress.NONE));

        assertThat(engine.programs).extracting(Program::name).containsExactly("/bin/sh");
        assertThat(house.service().containers().status(ID).isUp()).isTrue();
    }

    @Test
    void unmountingWhatIsNotMountedIsCode40() {
        assertFails(40, () -> house.service().unmount(ID, Progress.NONE));
    }

    @Test
    void anApplicationThatCannotBeInstalledLeavesNothing() throws IOException {
        house.write("/vz/template/tiny/1/x86_64/config/app/mysql/default/packages", "mysql\n");
        house.write("/vz/template/tiny/1/x86_64/config/app/php/default/packages", "php\n");
        house.write("/etc/vz/conf/ve-panel.conf-sample", "TEMPLATES=\" .mysql php\"\n");
        var request = new CreateContainerRequest(
                ContainerId.parse("302"),
                Optional.empty(),
                Optional.empty(),
                new CreateContainerRequest.Profile(Optional.of("panel"), Optional.empty(), false),
                CreateContainerRequest.Places.DEFAULT,
                SettingsChange.NONE);

        assertThat(house.service().create(request, Progress.NONE).config().applications())
                .as("recorded when they are in it")
                .isEmpty();
        house.service().destroy(request.id(), Progress.NONE);
        engine.failStartWith(new StencilException(dev.stencil.host.Fault.ENVIRONMENT, "no namespaces"));
        assertFails(87, () -> house.service()
                .create(
                        request,
                        (id, names, progress) -> assertThat(names).containsExactly("mysql", "php"),
                        Progress.NONE));

        assertThat(house.path("/vz/private/302")).doesNotExist();
        assertThat(house.path("/etc/vz/conf/302.conf")).doesNotExist();
    }

    @Test
    void destroyingLeavesNothingButTrash() throws IOException {
        house.service().rename(ID, "web");

        house.service().destroy(ID, noting());

        assertThat(house.path("/vz/private/301")).doesNotExist();
        assertThat(house.path("/etc/vz/conf/301.conf")).doesNotExist();
        assertThat(house.path("/etc/vz/names")).isEmptyDirectory();
        assertThat(house.path("/var/vz/ids")).isEmptyDirectory();
        assertThat(house.path("/vz/lock")).isEmptyDirectory();
        assertThat(notes.getLast()).contains("was destroyed");
        assertThat(house.service().create(house.request("301"), Progress.NONE).id())
                .isEqualTo(ID);
    }

    @Test
    void destroyingWithoutAPrivateAreaRemovesTheConfiguration() throws IOException {
        Path home = container.area().path();
        Files.writeString(
                house.path("/etc/vz/conf/302.conf"),
                Files.readString(container.area().config()).replace("VEID=\"301\"", "VEID=\"302\""));

        assertFails(43, () -> house.service().destroy(ContainerId.parse("302"), Progress.NONE));

        assertThat(house.path("/etc/vz/conf/302.conf")).doesNotExist();
        assertThat(house.path("/etc/vz/conf/302.conf.destroyed")).exists();
        assertThat(home).exists();
    }

    @Test
    void aPrivateAreaThatIsNoneIsNotDestroyed() throws IOException {
        house.write("/data/precious/file", "x");
        Files.writeString(
                house.path("/etc/vz/conf/302.conf"), "VE_PRIVATE=\"/data/precious\"\nVE_ROOT=\"/vz/root/302\"\n");

        assertFails(52, () -> house.service().destroy(ContainerId.parse("302"), Progress.NONE));

        assertThat(house.path("/data/precious/file")).exists();
    }

    @Test
    void commandsAreReadByAShell_orRunAsTheyStand() throws IOException {
        house.write("/vz/root/301/bin/bash", "");
        run();

        house.service().shell(ID, List.of("ls", "a b"), Map.of("FOO", "bar"));
        house.service().shell(ID, List.of("-"), Map.of());
        house.service().execute(ID, List.of("ls", "a b"), Map.of());

        assertThat(engine.programs)
                .extracting(Program::argv)
                .containsExactly(List.of("/bin/bash", "-c", "ls a b"), List.of("/bin/bash"), List.of("ls", "a b"));
        assertThat(engine.programs.getFirst().environment())
                .containsEntry("FOO", "bar")
                .containsEntry("HOME", "/")
                .containsEntry("SHELL", "/bin/bash");
    }

    @Test
    void commandsNeedARunningContainerAndACommand() {
        assertFails(31, () -> house.service().shell(ID, List.of("true"), Map.of()));
        run();
        assertFails(20, () -> house.service().shell(ID, List.of(), Map.of()));
    }

    @Test
    void settingsOfAStoppedContainerAreOnlyStored() {
        SettingsResult result = house.service().set(ID, change("--hostname", "www.example.com"), true);

        assertThat(result.isSaved()).isTrue();
        assertThat(house.service().containers().require(ID).config().hostName()).contains("www.example.com");
        assertThat(engine.calls).isEmpty();
        assertFails(31, () -> house.service().set(ID, change("--hostname", "other"), false));
        house.service().set(ID, change("--ram", "1G"), false);
        assertThat(house.service().containers().require(ID).config().get("PHYSPAGES"))
                .contains("65536:65536");
    }

    @Test
    void settingsOfARunningContainerApplyAtOnce() throws IOException {
        Files.createDirectories(container.root().resolve("etc"));
        run();

        house.service().set(ID, change("--ram", "1G"), true);
        SettingsChange addresses = SettingsChange.NONE.adding(List.of(IpAddress.parse("10.92.0.5/24")));
        house.service().set(ID, addresses.with(setting("--hostname"), "www.example.com"), true);

        assertThat(engine.calls).contains("limit 301 1073741824", "route 301 10.92.0.5");
        assertThat(container.root().resolve("etc/hostname")).hasContent("www.example.com");
        assertThat(engine.programs).extracting(Program::argv).contains(List.of("hostname", "www.example.com"));
    }

    @Test
    void settingsWithoutEffectHereAreNamed() {
        assertThat(house.service().set(ID, change("--numfile", "100"), true).kept())
                .containsExactly("NUMFILE");
    }

    @Test
    void limitsAreThoseOfTheConfiguration() throws IOException {
        save("CPUS", "2");
        save("CPULIMIT", "150");
        save("CPUMASK", "0-1");
        save("SWAPPAGES", "0:unlimited");

        GuestLimits limits =
                ContainerLimits.of(house.service().containers().require(ID).config());

        assertThat(limits.memoryBytes()).hasValue(65536L * 4096);
        assertThat(limits.swapBytes()).isEmpty();
        assertThat(limits.processes()).hasValue(131072);
        assertThat(limits.cpu())
                .isEqualTo(new GuestLimits.Cpu(OptionalInt.empty(), OptionalInt.of(150), Optional.of("0-1")));
    }

    private void run() {
        var identity = new GuestSpec.Identity("ct301", new UUID(1, 2), Map.of());
        engine.start(new GuestSpec(
                "301",
                container.root(),
                identity,
                container.area().ids().shift(),
                List.of(),
                GuestLimits.NONE,
                List.of(),
                true));
    }

    private void save(String key, String value) {
        house.service().containers().configs().save(ID, Map.of(key, Optional.of(value)));
    }

    private Progress noting() {
        return new Progress() {
            @Override
            public void stage(String title) {}

            @Override
            public void note(String line) {
                notes.add(line);
            }

            @Override
            public Task task(String what, long total, Unit unit) {
                return NONE.task(what, total, unit);
            }
        };
    }

    private static SettingsChange change(String option, String value) {
        return SettingsChange.NONE.with(setting(option), value);
    }

    private static Setting setting(String option) {
        return Settings.all().stream()
                .filter(setting -> setting.names().contains(option))
                .findFirst()
                .orElseThrow();
    }

    private static void assertFails(int code, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(StencilException.class, e -> assertThat(
                        e.fault().vzctlCode())
                .isEqualTo(code));
    }
}
