package dev.stencil.container.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.container.applications.RollbackResult.Way;
import dev.stencil.container.undo.Operation;
import dev.stencil.container.undo.SnapshotPolicy;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Program;
import dev.stencil.packages.PackageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Package operations on a real overlay by the root's own dpkg, and back, in a container that is mounted or not. */
class RollbackIT {
    private static Path home;
    private static TinyRepository repository;
    private static int number;

    private UndoWorld world;

    @BeforeAll
    static void makeWorld() throws IOException {
        home = Files.createTempDirectory(Path.of("/var/tmp"), "stencil-undo");
        repository = UndoWorld.make(home);
    }

    @AfterAll
    static void removeWorld() throws IOException {
        UndoWorld.delete(home);
    }

    @BeforeEach
    void startContainer() throws IOException {
        world = UndoWorld.open(home, "container" + number++);
        world.container.start();
    }

    @AfterEach
    void stopContainer() throws IOException {
        world.container.stop();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rollback_ofAnInstall_leavesNothingOfIt(boolean running) throws IOException {
        UndoWorld.offer(
                repository,
                TinyPackage.named("site")
                        .depends("codec")
                        .file("/usr/share/site/page", "hello")
                        .conffile("/etc/site/site.conf", "port=80\n")
                        .file("/srv/site/logo", "logo")
                        .script(
                                "postinst",
                                "echo 'site:x:990:990::/:/bin/false' >> /etc/passwd; echo x > /usr/share/site/made"),
                TinyPackage.named("codec").link("/usr/lib/codec.so", "codec.so.1"));
        List<String> before = world.tree();
        String states = world.states();
        world.install("site");
        assertThat(world.file("/usr/share/site/made")).exists();

        RollbackResult result = back(running);

        assertThat(result.way()).isEqualTo(Way.PACKAGES);
        assertThat(result.generation()).isZero();
        assertThat(result.changes().removed()).extracting(PackageName::name).containsExactly("codec", "site");
        assertThat(world.tree()).isEqualTo(before);
        assertThat(world.states()).isEqualTo(states);
        assertThat(world.container.templates().resolve("vzpackages")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rollback_ofAnUpdateAndARemoval_bringsFilesBack_andKeepsWhatWasWrittenSince(boolean running)
            throws IOException {
        String name = "news" + number;
        UndoWorld.offer(
                repository,
                TinyPackage.named(name)
                        .version("1.0")
                        .file("/usr/share/" + name + "/text", "one")
                        .conffile("/etc/" + name, "one\n"),
                TinyPackage.named(name + "-other")
                        .file("/usr/share/other/" + name, "other")
                        .directory("/var/lib/" + name));
        world.install(name, name + "-other");
        Files.writeString(world.file("/etc/" + name + "-local"), "mine\n");
        List<String> before = world.tree();
        UndoWorld.offer(
                repository,
                TinyPackage.named(name)
                        .version("2.0")
                        .file("/usr/share/" + name + "/text", "two")
                        .file("/usr/share/" + name + "/more", "more")
                        .conffile("/etc/" + name, "two\n"));
        world.update();
        world.remove(name + "-other");
        assertThat(world.file("/etc/" + name)).hasContent("two\n");
        Files.writeString(world.file("/root/data"), "written since");

        RollbackResult first = back(running);
        RollbackResult second = back(running);

        assertThat(first.undone()).extracting(Operation::command).containsExactly("remove -p " + name + "-other 701");
        assertThat(second.undone()).extracting(Operation::command).containsExactly("update 701");
        assertThat(second.generation()).isEqualTo(1);
        assertThat(world.file("/root/data")).hasContent("written since");
        Files.delete(world.file("/root/data"));
        assertThat(world.tree()).isEqualTo(before);
        assertThat(world.verified()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void configurationEditedSinceTheOperation_isPutBeside_andEditedBefore_comesBack(boolean running)
            throws IOException {
        String name = "daemon" + number;
        UndoWorld.offer(
                repository,
                TinyPackage.named(name)
                        .version("1.0")
                        .conffile("/etc/" + name, "one\n")
                        .conffile("/etc/" + name + "-2", "one\n"));
        world.install(name);
        Files.writeString(world.file("/etc/" + name), "mine, before\n");
        UndoWorld.offer(
                repository,
                TinyPackage.named(name)
                        .version("2.0")
                        .conffile("/etc/" + name, "two\n")
                        .conffile("/etc/" + name + "-2", "two\n"));
        world.update();
        Files.writeString(world.file("/etc/" + name), "mine, since\n");
        Files.writeString(world.file("/etc/" + name + "-2"), "mine, since\n");

        RollbackResult result = back(running);

        assertThat(world.file("/etc/" + name)).as("the update left it alone").hasContent("mine, since\n");
        assertThat(world.file("/etc/" + name + "-2")).hasContent("one\n");
        assertThat(world.file("/etc/" + name + "-2.before-rollback")).hasContent("mine, since\n");
        assertThat(result.kept()).containsExactly("etc/" + name + "-2.before-rollback");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUpdateThatFailsInTheMiddle_saysHowToUndoIt_andIsUndone(boolean running) throws IOException {
        String name = "broken" + number;
        UndoWorld.offer(repository, TinyPackage.named(name).version("1.0").file("/usr/share/" + name, "one"));
        world.install(name);
        List<String> before = world.tree();
        UndoWorld.offer(
                repository,
                TinyPackage.named(name)
                        .version("2.0")
                        .file("/usr/share/" + name, "two")
                        .script("postinst", "echo no luck >&2; exit 3"));

        assertThatThrownBy(() -> world.update())
                .isInstanceOf(StencilException.class)
                .hasMessageContaining("no luck")
                .hasMessageContaining("undo it with: vzpkg rollback 701");
        assertThat(world.services.rollbacks().generations("701").getLast().state())
                .isEqualTo(Operation.State.FAILED);
        back(running);

        assertThat(world.tree()).isEqualTo(before);
        assertThat(world.verified()).isEmpty();
        UndoWorld.offer(repository, TinyPackage.named(name).version("3.0").file("/usr/share/" + name, "three"));
        world.update();
        assertThat(world.file("/usr/share/" + name)).hasContent("three");
    }

    @Test
    void fullRollback_bringsTheExactTreeBack_andNeedsAStoppedContainer() throws IOException {
        String name = "whole" + number;
        UndoWorld.offer(repository, TinyPackage.named(name).version("1.0").file("/usr/share/" + name, "one"));
        Files.createDirectories(world.file("/root/data"));
        Files.writeString(world.file("/root/data/file"), "before");
        world.install(name);
        List<String> before = world.tree();
        UndoWorld.offer(repository, TinyPackage.named(name).version("2.0").file("/usr/share/" + name, "two"));
        world.update();
        Files.writeString(world.file("/root/data/file"), "since");
        Files.writeString(world.file("/root/data/new"), "since");

        assertThatThrownBy(() -> world.rollback(OptionalInt.empty(), true)).hasMessageContaining("vzctl stop 701");
        world.container.stop();
        RollbackResult result = world.rollback(OptionalInt.empty(), true);
        world.container.start();

        assertThat(result.way()).isEqualTo(Way.TREE);
        assertThat(world.tree()).isEqualTo(before);
        assertThat(world.states()).contains(name + " 1.0 ii");
    }

    @Test
    void rollback_toAGeneration_undoesAllAfterIt_andRefusesWhatIsNotThere() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            UndoWorld.offer(repository, TinyPackage.named(name + "-" + number));
            world.install(name + "-" + number);
        }
        assertThatThrownBy(() -> world.rollback(OptionalInt.of(3), false))
                .hasMessageContaining("vzpkg generations 701");

        RollbackResult result = world.rollback(OptionalInt.of(1), false);

        assertThat(result.undone()).extracting(Operation::number).containsExactly(3, 2);
        assertThat(world.states()).contains("a-" + number).doesNotContain("b-" + number, "c-" + number);
        assertThat(world.services.rollbacks().generations("701"))
                .extracting(Operation::state)
                .containsExactly(Operation.State.DONE, Operation.State.ROLLED_BACK, Operation.State.ROLLED_BACK);
        world.rollback();
        assertThatThrownBy(() -> world.rollback()).hasMessageContaining("is left to undo");
    }

    @Test
    void drift_isNoticed_andSyncBringsTheRecordedVersionsBack() throws IOException {
        String name = "drift" + number;
        UndoWorld.offer(
                repository,
                TinyPackage.named(name).version("1.0").file("/usr/share/" + name, "one"),
                TinyPackage.named(name + "-gone"));
        world.install(name, name + "-gone");
        assertThat(world.services.inventory().deviations("701")).isEmpty();
        Path newer = TinyPackage.named(name)
                .version("2.0")
                .file("/usr/share/" + name, "two")
                .build(world.home);
        Path extra = TinyPackage.named(name + "-extra").build(world.home);
        for (Path deb : List.of(newer, extra)) {
            Files.copy(deb, world.file("/root/" + deb.getFileName()));
            inside("dpkg", "-i", "/root/" + deb.getFileName());
        }
        inside("dpkg", "--purge", name + "-gone");

        assertThat(world.services.inventory().deviations("701"))
                .extracting(Deviation::text)
                .containsExactly(
                        name + " is 2.0, recorded 1.0",
                        name + "-extra is 1.0, recorded not at all",
                        name + "-gone is not installed, recorded 1.0");
        PackageChanges changes = world.services.packages().restore("701", PackageOptions.DEFAULT, Progress.NONE);

        assertThat(changes.added()).extracting(PackageName::name).containsExactly(name, name + "-gone");
        assertThat(changes.removed()).extracting(PackageName::name).containsExactly(name + "-extra");
        assertThat(world.file("/usr/share/" + name)).hasContent("one");
        assertThat(world.services.inventory().deviations("701")).isEmpty();
    }

    @Test
    void rollback_withoutASnapshot_installsTheFormerPackages_andSaysSo() throws IOException {
        world.container.stop();
        world = UndoWorld.open(home, home.resolve("bare" + number), SnapshotPolicy.OFF);
        world.container.start();
        String name = "former" + number;
        UndoWorld.offer(repository, TinyPackage.named(name).version("1.0").file("/usr/share/" + name, "one"));
        world.install(name);
        UndoWorld.offer(repository, TinyPackage.named(name).version("2.0").file("/usr/share/" + name, "two"));
        world.update();

        RollbackResult result = world.rollback();

        assertThat(result.way()).isEqualTo(Way.VERSIONS);
        assertThat(result.generation()).as("an operation of its own").isEqualTo(3);
        assertThat(world.file("/usr/share/" + name)).hasContent("one");
        assertThat(world.states()).contains(name + " 1.0 ii");
    }

    @Test
    void onlyTheNewestSnapshotsAreKept() throws IOException {
        world.container.stop();
        world = UndoWorld.open(home, home.resolve("few" + number), new SnapshotPolicy(2, 0));
        world.container.start();
        for (String name : List.of("x", "y", "z")) {
            UndoWorld.offer(repository, TinyPackage.named(name + "-" + number));
            world.install(name + "-" + number);
        }
        assertThat(world.services.rollbacks().generations("701"))
                .extracting(Operation::snapshot)
                .containsExactly(Operation.Kept.NONE, Operation.Kept.FULL, Operation.Kept.FULL);
    }

    private void inside(String... words) throws IOException {
        world.container
                .inside()
                .run(Program.of(words[0]).args(List.of(words).subList(1, words.length)))
                .orThrow();
    }

    private RollbackResult back(boolean running) throws IOException {
        if (running) {
            return world.rollback();
        }
        world.container.stop();
        RollbackResult result = world.rollback();
        world.container.start();
        return result;
    }
}
