package dev.stencil.container.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.container.undo.Operation;
import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tiny Debian container from one release to the next by the real apt and its own dpkg, and back. */
class UpgradeIT {
    private static Path home;
    private static int number;

    private UndoWorld world;

    @BeforeAll
    static void makeTwoReleases() throws IOException {
        home = Files.createTempDirectory(Path.of("/var/tmp"), "stencil-upgrade-it");
        TinyRepository first = UndoWorld.make(home);
        UndoWorld.offer(
                first,
                TinyPackage.named("libold").file("/usr/lib/libold.so", "one"),
                TinyPackage.named("site")
                        .version("1.0")
                        .depends("libold")
                        .file("/usr/share/site/page", "one")
                        .file("/usr/share/site/gone", "one")
                        .conffile("/etc/site", "one\n")
                        .conffile("/etc/site-edited", "one\n"),
                TinyPackage.named("extra").version("1.0").file("/usr/share/extra", "one"));
        TinyRepository next = TinyRepository.in(home.resolve("archive-2"));
        UndoWorld.offer(
                next,
                TinyPackage.named("libnew")
                        .field("Conflicts", "libold")
                        .field("Replaces", "libold")
                        .file("/usr/lib/libnew.so", "two"),
                TinyPackage.named("site")
                        .version("2.0")
                        .depends("libnew")
                        .file("/usr/share/site/page", "two")
                        .file("/usr/share/site/new", "two")
                        .conffile("/etc/site", "two\n")
                        .conffile("/etc/site-edited", "two\n"),
                TinyPackage.named("helper").file("/usr/bin/helper", "two"),
                TinyPackage.named("breaks").script("postinst", "echo x >> /etc/passwd; echo no luck >&2; exit 3"));
        Path host = home.resolve("host");
        TinyHost.release(host, "2", next.record(), next.keyring(), "helper")
                .application("site", "packages", "site\n")
                .application("unlucky", "packages", "breaks\n");
        TinyHost.in(host, first.record(), first.keyring(), "")
                .application("site", "packages", "site\n")
                .application("unlucky", "packages", "extra\n");
    }

    @AfterAll
    static void removeWorld() throws IOException {
        UndoWorld.delete(home);
    }

    @BeforeEach
    void startContainer() throws IOException {
        world = UndoWorld.open(home, "container" + number++);
        world.container.start();
        install("site");
        Files.writeString(world.file("/etc/site-edited"), "mine\n");
    }

    @AfterEach
    void stopContainer() throws IOException {
        world.container.stop();
    }

    @Test
    void upgrade_bringsThePackagesOfTheNextRelease_andRollbackEveryFileOfTheFormerBack() throws IOException {
        List<String> before = world.tree();
        String states = world.states();

        UpgradeResult result = upgrade();

        assertThat(result.updated()).extracting(PackageName::toString).containsExactly("site=2.0:all");
        assertThat(result.installed()).extracting(PackageName::name).containsExactly("helper", "libnew");
        assertThat(result.removed()).extracting(PackageName::name).containsExactly("libold");
        assertThat(result.applications()).containsExactly("site");
        assertThat(world.file("/usr/share/site/page")).hasContent("two");
        assertThat(world.file("/usr/share/site/gone")).doesNotExist();
        assertThat(world.file("/etc/site")).hasContent("two\n");
        assertThat(world.file("/etc/site-edited")).hasContent("mine\n");
        assertThat(template()).isEqualTo("tiny-2-x86_64");
        assertThat(world.services.inventory().deviations("701")).isEmpty();
        assertThat(world.services.inventory().templates("701")).hasSize(2);

        world.rollback();

        assertThat(world.tree()).isEqualTo(before);
        assertThat(world.states()).isEqualTo(states);
        assertThat(template()).isEqualTo("tiny-1-x86_64");
        assertThat(world.container.applications()).containsExactly("site");
    }

    @Test
    void anUpgradeThatFailsInTheMiddle_isOneOperationThatRollbackUndoesWhole() throws IOException {
        install("unlucky");
        Path settings = world.container.area().resolve("ve.conf");
        String configured = Files.readString(settings);
        String recorded = Files.readString(world.container.templates().resolve("vzpackages"));
        List<String> before = world.tree();
        String states = world.states();

        assertThatThrownBy(this::upgrade)
                .isInstanceOf(StencilException.class)
                .hasMessageContaining("no luck")
                .hasMessageContaining("undo it with: vzpkg rollback 701");
        assertThat(world.states()).contains("breaks 1.0 iF", "site 2.0");
        assertThat(world.services.rollbacks().generations("701"))
                .extracting(Operation::state)
                .containsExactly(Operation.State.DONE, Operation.State.DONE, Operation.State.FAILED);

        world.rollback();

        assertThat(world.tree()).isEqualTo(before);
        assertThat(world.states()).isEqualTo(states);
        assertThat(world.verified()).doesNotContain("/usr");
        assertThat(settings).hasContent(configured);
        assertThat(world.container.templates().resolve("vzpackages")).hasContent(recorded);
        assertThat(world.container.applications()).containsExactlyInAnyOrder("site", "unlucky");
    }

    @Test
    void packagesComeAndGoInTheNextRelease_andAllOfItCanBeUndone() throws IOException {
        List<String> before = world.tree();
        upgrade();

        assertThat(world.services.inventory().outdated("701", UndoWorld.FRESH.freshness(), Progress.NONE))
                .isEmpty();
        assertThatThrownBy(() -> world.install("extra")).hasMessageContaining("extra");
        world.remove("helper");
        assertThatThrownBy(this::upgrade).hasMessageContaining("upgradable_versions");
        world.rollback(OptionalInt.of(1), false);

        assertThat(world.tree()).isEqualTo(before);
        assertThat(template()).isEqualTo("tiny-1-x86_64");
    }

    private void install(String application) {
        world.services.applications().install("701", List.of(application), UndoWorld.FRESH, Progress.NONE);
    }

    private UpgradeResult upgrade() {
        return world.services.upgrades().upgrade("701", false, UndoWorld.FRESH, Progress.NONE);
    }

    private String template() {
        String key = "OSTEMPLATE";
        return world.container.settings(Set.of(key)).get(key).orElseThrow().substring(1);
    }
}
