package dev.stencil.container.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageWorkTest {
    @TempDir
    Path root;

    private final List<String> calls = new ArrayList<>();
    private FakeContainer container;
    private FakePackageManager manager;
    private TinyArea tiny;

    @BeforeEach
    void makeHost() throws IOException {
        tiny = new TinyArea(root);
        tiny.application("nginx", "nginx");
        tiny.application("mail", "postfix dovecot");
        tiny.application("web-mail", "nginx dovecot");
        tiny.application("tools", "");
        container = new FakeContainer(root.resolve("ct"), calls);
        Files.createDirectories(container.root().resolve("bin"));
        Files.createFile(container.root().resolve("bin/bash"));
        manager = new FakePackageManager(calls);
        manager.installed.put("bash", "5");
        for (String name : List.of("bash", "nginx", "postfix", "dovecot", "extra")) {
            manager.offered.put(name, name.equals("bash") ? "5" : "1");
        }
    }

    @Test
    void install_goesThroughChecksLocksPlanScriptsPackagesAndRecordsInThisOrder() throws IOException {
        for (String script : List.of("pre-install-hn", "post-install-hn")) {
            tiny.script("nginx", script, "echo " + script + " $1 $2 >> " + root.resolve("hn"));
        }
        tiny.script("nginx", "pre-install", "");
        tiny.script("nginx", "post-install", "");

        PackageChanges changes =
                services().applications().install("101", List.of("nginx"), PackageOptions.DEFAULT, Progress.NONE);

        assertThat(changes.added()).containsExactly(new PackageName("nginx", "1", "all"));
        assertThat(calls)
                .containsExactly(
                        "refresh WHEN_EXPIRED",
                        "lock updating",
                        "resolve install nginx",
                        "fetch 1",
                        "inside bash",
                        "resolve install nginx",
                        "fetch 1",
                        "apply 1",
                        "inside bash",
                        "templates nginx",
                        "unlock");
        assertThat(root.resolve("hn"))
                .content()
                .isEqualTo(
                        "pre-install-hn " + container.root() + " 101\npost-install-hn " + container.root() + " 101\n");
        assertThat(container.templates().resolve("vzpackages")).content().contains(" bash ", " nginx ");
        assertThat(container.templates().resolve("nginx/timestamp")).content().isEqualTo("2026-01-02 03:04:05\n");
        try (var left = Files.list(container.root())) {
            assertThat(left).as("what is left of scripts in the container").hasSize(1);
        }
    }

    @Test
    void install_installsTheListsOfAllTemplatesInOneGo() {
        services().applications().install("101", List.of("mail", "nginx"), PackageOptions.DEFAULT, Progress.NONE);

        assertThat(calls).contains("resolve install postfix dovecot nginx");
        assertThat(container.applications).containsExactly("mail", "nginx");
    }

    @Test
    void install_runsOnlyTheScriptsOfATemplateWithoutPackages() throws IOException {
        tiny.script("tools", "post-install", "");

        services().applications().install("101", List.of("tools"), PackageOptions.DEFAULT, Progress.NONE);

        assertThat(calls)
                .contains("inside bash")
                .noneMatch(call -> call.startsWith("resolve") || call.startsWith("apply"));
        assertThat(container.applications).containsExactly("tools");
    }

    @Test
    void install_changesNothingAndRunsNoScript_whenOnlyChecking() throws IOException {
        tiny.script("nginx", "pre-install", "");
        var options = new PackageOptions(Freshness.LOCAL_ONLY, true, false, true);

        PackageChanges changes = services().applications().install("101", List.of("nginx"), options, Progress.NONE);

        assertThat(changes.added()).hasSize(1);
        assertThat(calls).containsExactly("lock check-updating", "resolve install nginx", "unlock");
        assertThat(container.templates()).doesNotExist();
    }

    @Test
    void install_isRefusedForATemplateThatIsInstalled_unlessForced() {
        container.applications = List.of("nginx");
        var forced = new PackageOptions(Freshness.WHEN_EXPIRED, false, true, true);

        assertFault(Fault.APPLICATION_INSTALLED, "nginx", () -> services()
                .applications()
                .install("101", List.of("nginx"), PackageOptions.DEFAULT, Progress.NONE));
        assertThat(calls).as("nothing is locked or fetched for it").isEmpty();

        services().applications().install("101", List.of("nginx"), forced, Progress.NONE);
        assertThat(container.applications).containsExactly("nginx");
    }

    @Test
    void install_isRefusedForAnUnknownTemplate() {
        assertFault(Fault.APPLICATION_UNKNOWN, "nginxx", () -> services()
                .applications()
                .install("101", List.of("nginxx"), PackageOptions.DEFAULT, Progress.NONE));
    }

    @Test
    void install_needsARunningContainer_alsoForAQuestion() {
        container.state = ContainerAccess.State.MOUNTED;
        var question = new PackageOptions(Freshness.WHEN_EXPIRED, true, false, true);

        assertFault(Fault.CONTAINER_NOT_RUNNING, "vzctl start 101", () -> services()
                .applications()
                .install("101", List.of("nginx"), question, Progress.NONE));
    }

    @Test
    void installOfPackages_needsAMountedContainer_forAQuestion() {
        var question = new PackageOptions(Freshness.WHEN_EXPIRED, true, false, true);
        container.state = ContainerAccess.State.MOUNTED;
        assertThat(services()
                        .packages()
                        .install("101", List.of("extra"), question, Progress.NONE)
                        .added())
                .hasSize(1);

        container.state = ContainerAccess.State.DOWN;
        assertFault(Fault.CONTAINER_NOT_MOUNTED, "vzctl mount 101", () -> services()
                .packages()
                .install("101", List.of("extra"), question, Progress.NONE));
    }

    @Test
    void anyChange_isRefusedForAReadyMadeTemplate() throws IOException {
        tiny.operatingSystem("no_pkg_actions", "");

        assertFault(Fault.PACKAGE_OPERATIONS_FORBIDDEN, "no_pkg_actions", () -> services()
                .packages()
                .update("101", List.of(), false, PackageOptions.DEFAULT, Progress.NONE));
    }

    @Test
    void install_recordsWhatReallyHappenedButNoTemplate_whenAPackageFails() {
        manager.failing = "dovecot";

        assertFault(Fault.PACKAGE_MANAGER, "dovecot", () -> services()
                .applications()
                .install("101", List.of("mail"), PackageOptions.DEFAULT, Progress.NONE));

        assertThat(container.templates().resolve("vzpackages"))
                .content()
                .contains("postfix")
                .doesNotContain("dovecot");
        assertThat(container.applications).isEmpty();
        assertThat(calls).endsWith("unlock");
    }

    @Test
    void install_stopsBeforePackages_whenAScriptFails() throws IOException {
        tiny.script("nginx", "pre-install", "");
        container.scriptStatus = 7;

        assertFault(Fault.SCRIPT_FAILED, "words of the script", () -> services()
                .applications()
                .install("101", List.of("nginx"), PackageOptions.DEFAULT, Progress.NONE));

        assertThat(calls).noneMatch(call -> call.startsWith("apply"));
        assertThat(container.root()).isDirectoryNotContaining(path -> !path.endsWith("bin"));
    }

    @Test
    void installOfPackages_makesATemplateAppearAndRemovalMakesItVanish() {
        services().packages().install("101", List.of("postfix", "dovecot"), PackageOptions.DEFAULT, Progress.NONE);
        assertThat(container.applications).containsExactly("mail");
        assertThat(container.templates().resolve("mail/timestamp")).exists();

        services().packages().remove("101", List.of("postfix"), false, PackageOptions.DEFAULT, Progress.NONE);
        assertThat(container.applications).isEmpty();
        assertThat(container.templates().resolve("mail")).doesNotExist();
    }

    @Test
    void removeOfPackages_namesWhatIsNotInstalled() {
        assertFault(Fault.BAD_VALUE, "extra", () -> services()
                .packages()
                .remove("101", List.of("bash", "extra"), false, PackageOptions.DEFAULT, Progress.NONE));
    }

    @Test
    void remove_sparesPackagesThatTheSystemOrAnotherApplicationLists() {
        services().applications().install("101", List.of("mail", "web-mail"), PackageOptions.DEFAULT, Progress.NONE);
        calls.clear();

        services().applications().remove("101", List.of("mail"), false, PackageOptions.DEFAULT, Progress.NONE);

        assertThat(calls).contains("resolve remove postfix");
        assertThat(container.applications).containsExactly("web-mail");
        assertThat(manager.installed).containsKey("dovecot").doesNotContainKey("postfix");
    }

    @Test
    void remove_sparesNothingWithDependants() {
        services().applications().install("101", List.of("mail", "web-mail"), PackageOptions.DEFAULT, Progress.NONE);
        calls.clear();

        services().applications().remove("101", List.of("mail"), true, PackageOptions.DEFAULT, Progress.NONE);

        assertThat(calls).contains("resolve remove postfix dovecot+");
        assertThat(container.applications)
                .as("web-mail lost a package; what it has left makes another template")
                .containsExactly("nginx");
    }

    @Test
    void remove_takesATemplateOutWithoutThePackageManager_whenAllItsPackagesAreSpared() {
        container.applications = List.of("tools");

        services().applications().remove("101", List.of("tools"), false, PackageOptions.DEFAULT, Progress.NONE);

        assertThat(calls).noneMatch(call -> call.startsWith("resolve") || call.startsWith("apply"));
        assertThat(container.applications).isEmpty();
    }

    @Test
    void remove_isRefusedForATemplateThatIsNotInstalled() {
        assertFault(Fault.APPLICATION_NOT_INSTALLED, "mail", () -> services()
                .applications()
                .remove("101", List.of("mail"), false, PackageOptions.DEFAULT, Progress.NONE));
    }

    @Test
    void updateOfTemplates_asksForTheListsOfAllOfThem() throws IOException {
        services().applications().install("101", List.of("nginx"), PackageOptions.DEFAULT, Progress.NONE);
        tiny.application("nginx", "nginx extra");
        calls.clear();

        PackageChanges changes =
                services().applications().update("101", List.of(), PackageOptions.DEFAULT, Progress.NONE);

        assertThat(calls).contains("resolve install nginx extra bash");
        assertThat(changes.added()).extracting(PackageName::name).containsExactly("extra");
    }

    @Test
    void updateOfTemplates_takesTheSystemsOwnNameAndRefusesAnAbsentApplication() {
        services().applications().update("101", List.of("tiny-1-x86_64"), PackageOptions.DEFAULT, Progress.NONE);
        assertThat(calls).contains("resolve install bash");

        assertFault(Fault.APPLICATION_NOT_INSTALLED, "mail", () -> services()
                .applications()
                .update("101", List.of("mail"), PackageOptions.DEFAULT, Progress.NONE));
    }

    @Test
    void updateOfPackages_runsUpdateScriptsOfTheApplications() throws IOException {
        container.applications = List.of("nginx");
        manager.installed.put("nginx", "0");
        tiny.script("nginx", "pre-update", "");
        tiny.script("nginx", "post-update", "");

        PackageChanges changes =
                services().packages().update("101", List.of(), true, PackageOptions.DEFAULT, Progress.NONE);

        assertThat(changes.added()).containsExactly(new PackageName("nginx", "1", "all"));
        assertThat(changes.removed()).isEmpty();
        assertThat(calls)
                .contains("resolve update +")
                .filteredOn("inside bash"::equals)
                .hasSize(2);
    }

    @Test
    void everything_staysUnlockedForACallerWhoHoldsTheLock() {
        var skipping = new PackageOptions(Freshness.WHEN_EXPIRED, false, false, false);

        services().packages().install("101", List.of("extra"), skipping, Progress.NONE);

        assertThat(calls).doesNotContain("lock updating", "unlock");
    }

    @Test
    void synchronize_recordsWhatIsInstalledAndTheTemplatesThatThisMakes() {
        container.state = ContainerAccess.State.DOWN;
        container.applications = List.of("mail");
        manager.installed.put("nginx", "1");

        services().packages().synchronize("101", PackageOptions.DEFAULT, Progress.NONE);

        assertThat(calls).containsSubsequence("lock updating", "mount", "templates nginx", "unmount", "unlock");
        assertThat(container.templates().resolve("vzpackages")).content().contains("bash", "nginx");
    }

    @Test
    void inventory_tellsTemplatesPackagesAndWhatIsOutdated() {
        services().applications().install("101", List.of("nginx"), PackageOptions.DEFAULT, Progress.NONE);
        manager.installed.put("made-at-home", "1");
        manager.offered.put("nginx", "2");
        container.state = ContainerAccess.State.DOWN;
        var inventory = services().inventory();

        assertThat(inventory.templates("101"))
                .extracting(row -> row.template().name() + " " + row.installed().orElse("never"))
                .containsExactly("tiny-1-x86_64 never", "nginx 2026-01-02 03:04:05");
        assertThat(inventory.packages("101")).hasSize(3);
        assertThat(inventory.customPackages("101", Freshness.LOCAL_ONLY, Progress.NONE))
                .extracting(found -> found.name().name())
                .containsExactly("made-at-home");
        assertThat(inventory.outdated("101", Freshness.LOCAL_ONLY, Progress.NONE))
                .extracting(outdated -> outdated.offered().toString())
                .containsExactly("nginx=2:all");
        assertThat(calls).endsWith("mount", "unmount");
    }

    private ContainerPackages services() {
        var area = tiny.open();
        var drivers =
                new PackageDrivers(type -> manager, new PackageSources(UrlMap.of(area), VzttConf.read(tiny.layout)));
        var clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
        var host = new ContainerPackages.Host(new HostPrograms(), Map.of(), clock, this::atOnce);
        return ContainerPackages.of(name -> container, area, drivers, true, host);
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
