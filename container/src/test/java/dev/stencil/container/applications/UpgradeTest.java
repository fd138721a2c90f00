package dev.stencil.container.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.container.undo.Operation;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.host.VzttConf;
import dev.stencil.linux.HostPrograms;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageSources;
import dev.stencil.template.UrlMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradeTest {
    private static final PackageOptions FORCED = new PackageOptions(Freshness.WHEN_EXPIRED, false, true, true);
    private static final PackageOptions CHECKING = new PackageOptions(Freshness.LOCAL_ONLY, true, false, true);

    @TempDir
    Path root;

    private final List<String> calls = new ArrayList<>();
    private FakeContainer container;
    private FakePackageManager manager;
    private TinyArea one;
    private TinyArea two;

    @BeforeEach
    void makeHost() throws IOException {
        one = new TinyArea(root, "1");
        two = new TinyArea(root, "2");
        two.operatingSystem("packages", "bash init\n");
        two.operatingSystem("distribution", "tiny\n");
        for (TinyArea release : List.of(one, two)) {
            release.application("nginx", "nginx");
        }
        one.application("mail", "postfix");
        container = new FakeContainer(root.resolve("ct"), calls);
        container.applications = List.of("nginx");
        container.configuration.put("TECHNOLOGIES", "nptl");
        Files.createDirectories(container.root().resolve("bin"));
        Files.createFile(container.root().resolve("bin/bash"));
        manager = new FakePackageManager(calls);
        for (String name : List.of("bash", "nginx", "postfix")) {
            manager.installed.put(name, "1");
        }
        for (String name : List.of("bash", "nginx", "init", "extra")) {
            manager.offered.put(name, "2");
        }
    }

    @Test
    void upgrade_goesThroughPlanScriptsPackagesRecordsAndRestartInThisOrder() throws IOException {
        two.operatingSystemScript("pre-upgrade");
        two.script("nginx", "post-upgrade", "");

        UpgradeResult result = upgrade(PackageOptions.DEFAULT);

        assertThat(calls)
                .containsExactly(
                        "refresh WHEN_EXPIRED",
                        "refresh WHEN_EXPIRED",
                        "lock updating",
                        "resolve release init",
                        "fetch 3",
                        "inside bash",
                        "resolve release init",
                        "fetch 3",
                        "apply 3",
                        "stop",
                        "settings",
                        "start",
                        "inside bash",
                        "stop",
                        "start",
                        "mount",
                        "unmount",
                        "unlock");
        assertThat(result.to()).isEqualTo("tiny-2-x86_64");
        assertThat(result.updated()).extracting(PackageName::name).containsExactly("bash", "nginx");
        assertThat(result.installed()).extracting(PackageName::name).containsExactly("init");
        assertThat(result.removed()).isEmpty();
        assertThat(container.configuration).isEqualTo(Map.of("OSTEMPLATE", ".tiny-2-x86_64", "DISTRIBUTION", "tiny"));
        assertThat(container.templates().resolve("vzpackages"))
                .content()
                .contains(" bash                   all       2", " postfix                all       1");
        assertThat(container.templates().resolve("tiny-2-x86_64/timestamp")).exists();
        assertThat(container.templates().resolve("nginx/timestamp")).exists();
    }

    @Test
    void theRecordKnowsTheFormerRelease_andNoLockIsLeft() throws IOException {
        Files.createDirectories(container.templates().resolve("tiny-1-x86_64"));
        Files.writeString(container.templates().resolve(ContainerAccess.LOCK_RECORD), "a lock of release 1");

        upgrade(PackageOptions.DEFAULT);

        Operation operation = services(true).rollbacks().generations("101").getLast();
        assertThat(operation.command()).isEqualTo("upgrade 101");
        assertThat(operation.isReleaseUpgrade()).isTrue();
        assertThat(operation.settings())
                .containsEntry("OSTEMPLATE", Optional.of(".tiny-1-x86_64"))
                .containsEntry("TECHNOLOGIES", Optional.of("nptl"))
                .containsEntry("DISTRIBUTION", Optional.empty());
        assertThat(container.templates().resolve(ContainerAccess.LOCK_RECORD)).doesNotExist();
        assertThat(container.templates().resolve("tiny-1-x86_64")).doesNotExist();
    }

    @Test
    void checking_tellsTheListsAndChangesNothing() throws IOException {
        two.operatingSystemScript("pre-upgrade");

        UpgradeResult result = services(true).upgrades().upgrade("101", false, CHECKING, Progress.NONE);

        assertThat(result.updated()).hasSize(2);
        assertThat(result.installed()).hasSize(1);
        assertThat(calls).containsExactly("lock check-updating", "resolve release init", "unlock");
        assertThat(container.configuration).containsEntry("OSTEMPLATE", ".tiny-1-x86_64");
    }

    @Test
    void anApplicationThatTheNextReleaseLacksIsDropped() {
        container.applications = List.of("mail", "nginx");

        UpgradeResult result = upgrade(PackageOptions.DEFAULT);

        assertThat(result.dropped()).containsExactly("mail");
        assertThat(container.applications).containsExactly("nginx");
    }

    @Test
    void anApplicationWithRepositoriesOfItsOwnIsOnlyDroppedByForce() throws IOException {
        container.applications = List.of("mail", "nginx");
        one.applicationFile("mail", "repositories", "http://mail.invalid/ tiny main\n");

        assertFault(Fault.APPLICATION_UNKNOWN, "mail", () -> upgrade(PackageOptions.DEFAULT));
        assertThat(calls).doesNotContain("lock updating");
        assertThat(upgrade(FORCED).dropped()).containsExactly("mail");
    }

    @Test
    void packagesOnly_leavesApplicationsOfTheDistributionToThemselves() throws IOException {
        two.application("nginx", "nginx extra");
        two.script("nginx", "post-upgrade", "");

        upgrade(PackageOptions.DEFAULT);
        assertThat(calls).contains("resolve release init extra", "inside bash");
        calls.clear();
        container.configuration.put("OSTEMPLATE", ".tiny-1-x86_64");
        manager.installed.remove("extra");
        services(true).upgrades().upgrade("101", true, PackageOptions.DEFAULT, Progress.NONE);

        assertThat(calls).contains("resolve release ").doesNotContain("inside bash");
        assertThat(container.applications).as("its list is not complete").isEmpty();
    }

    @Test
    void withoutDetection_theApplicationsThatCameAlongAreTheContainers() {
        container.applications = List.of("mail", "nginx");
        manager.installed.remove("nginx");

        services(false).upgrades().upgrade("101", false, PackageOptions.DEFAULT, Progress.NONE);

        assertThat(container.applications).containsExactly("nginx");
    }

    @Test
    void aFailingPackage_leavesTheFormerReleaseConfigured_andSaysHowToUndoIt() {
        manager.failing = "nginx";

        assertFault(Fault.PACKAGE_MANAGER, "undo it with: vzpkg rollback 101", () -> upgrade(PackageOptions.DEFAULT));

        assertThat(container.configuration).containsEntry("OSTEMPLATE", ".tiny-1-x86_64");
        assertThat(calls).doesNotContain("stop");
        assertThat(services(true).rollbacks().generations("101").getLast().state())
                .isEqualTo(Operation.State.FAILED);
    }

    @Test
    void aFailingPostUpgradeScript_isAFailedOperationOfTheNewRelease() throws IOException {
        two.operatingSystemScript("post-upgrade");
        container.scriptStatus = 1;

        assertFault(Fault.SCRIPT_FAILED, "post-upgrade", () -> upgrade(PackageOptions.DEFAULT));

        assertThat(container.configuration).containsEntry("OSTEMPLATE", ".tiny-2-x86_64");
        assertThat(services(true).rollbacks().generations("101").getLast().settings())
                .containsEntry("OSTEMPLATE", Optional.of(".tiny-1-x86_64"));
    }

    @Test
    void withoutASnapshotAnUpgradeIsNotUndoneByOlderPackages() {
        upgrade(PackageOptions.DEFAULT);

        var request = new RollbackService.Request("101", OptionalInt.empty(), false, true);
        assertFault(Fault.NOT_SUPPORTED, "No snapshot", () -> services(true)
                .rollbacks()
                .rollback(request, Progress.NONE));
        assertThat(container.configuration).containsEntry("OSTEMPLATE", ".tiny-2-x86_64");
    }

    @Test
    void withoutANextReleaseNothingHappens() throws IOException {
        container.configuration.put("OSTEMPLATE", ".tiny-2-x86_64");

        assertFault(Fault.SYSTEM, "upgradable_versions", () -> upgrade(PackageOptions.DEFAULT));
        assertThat(calls).isEmpty();
    }

    @Test
    void aContainerThatIsDown_orWhoseNextReleaseIsReadyMade_isRefused() throws IOException {
        container.state = ContainerAccess.State.MOUNTED;
        assertFault(Fault.CONTAINER_NOT_RUNNING, "vzctl start 101", () -> services(true)
                .upgrades()
                .upgrade("101", false, CHECKING, Progress.NONE));
        container.state = ContainerAccess.State.RUNNING;
        two.operatingSystem("no_pkg_actions", "");
        assertFault(Fault.PACKAGE_OPERATIONS_FORBIDDEN, "tiny-2-x86_64", () -> upgrade(PackageOptions.DEFAULT));
    }

    @Test
    void aReleaseOfAnotherPackageManagerIsRefused() throws IOException {
        two.operatingSystem("package_manager", "rpm414x64\n");

        assertFault(Fault.NOT_SUPPORTED, "another package manager", () -> upgrade(PackageOptions.DEFAULT));
    }

    private UpgradeResult upgrade(PackageOptions options) {
        return services(true).upgrades().upgrade("101", false, options, Progress.NONE);
    }

    private ContainerPackages services(boolean detects) {
        var area = one.open();
        var drivers =
                new PackageDrivers(type -> manager, new PackageSources(UrlMap.of(area), VzttConf.read(one.layout)));
        var clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
        var host = new ContainerPackages.Host(new HostPrograms(), Map.of(), clock, this::atOnce);
        return ContainerPackages.of(name -> container, area, drivers, detects, host);
    }

    private <T> T atOnce(Supplier<T> work) {
        return work.get();
    }

    private static void assertFault(Fault fault, String words, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessageContaining(words);
    }
}
