package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Progress;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a cache with the real apt, dpkg and sandbox. */
class CacheIT {
    @TempDir
    Path temporary;

    private TinyWorld world;

    @BeforeEach
    void open() throws IOException {
        world = TinyWorld.in(temporary);
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    @Test
    void create_givesASystemWithAllPackagesConfigured() throws IOException {
        world.create();

        Path tree = world.tree();
        assertThat(tree.resolve("var/lib/hello-was-here")).hasContent("hello 1.0");
        assertThat(tree.resolve("var/lib/world-is-configured")).exists();
        var runner = new HostPrograms();
        assertThat(runner.run(Program.of("dpkg", "--root=" + tree, "--audit")).text())
                .isEmpty();
        assertThat(runner.run(Program.of("dpkg", "--root=" + tree, "--verify")).text())
                .isEmpty();
        assertThat(world.current().templates().resolve("vzpackages"))
                .content()
                .contains(" hello                  all       1.0\n");
    }

    @Test
    void update_takesTheNewestPackages_andKeepsTheOldTreeUntilThen() throws IOException {
        world.create();
        List<Path> old = world.current().trees();
        world.publishHello("2.0");

        world.update();

        assertThat(world.tree().resolve("var/lib/hello-was-here")).hasContent("hello 2.0");
        assertThat(old).allSatisfy(tree -> assertThat(tree).doesNotExist());
        assertThat(world.shown()).containsExactly("0002", "current");
    }

    @Test
    void remove_leavesNothingButTheLock() throws IOException {
        world.create();

        world.caches().remove(new RemoveCacheRequest(TinyWorld.TINY, CacheOptions.DEFAULT), Progress.NONE);

        assertThat(world.shown()).isEmpty();
        assertThat(TinyWorld.names(world.area.layers())).isEmpty();
        assertThat(TinyWorld.names(world.area.trash())).isEmpty();
    }

    @Test
    void scripts_runOnTheHostAndInTheSandbox_inTheirOrder() throws IOException {
        Path log = temporary.resolve("order");
        String inside = "echo $0 pid $$ >> /order; ls /usr/bin/hello >> /order 2>&1 || true";
        world.host.osScript("pre-cache", "#!/bin/sh\necho pre-cache $(ls $1/usr/bin | wc -l) >> " + log + "\n");
        world.host.osScript("mid-pre-install", inside + "\n");
        world.host.osScript("mid-post-install", "echo mid-post >> /order\n");
        world.host.osScript(
                "post-cache", "#!/bin/sh\ncat $1/order >> " + log + "; echo post-cache $2 >> " + log + "\n");
        world.host.osScript("post-install", "hello > /said; ls /proc/1/root/vz /host 2>&1 | head -1 >> /said\n");

        world.create();

        assertThat(Files.readAllLines(log).getFirst()).isEqualTo("pre-cache 0");
        assertThat(Files.readString(log))
                .containsPattern("(?s)/vztt\\w{6}/script pid \\d+\n.*mid-post\npost-cache [0-9a-f-]{36}\n$");
        assertThat(world.tree().resolve("said")).content().startsWith("hello 1.0\n");
        assertThat(TinyWorld.names(world.tree())).noneMatch(name -> name.startsWith("vztt"));
    }

    @Test
    void create_failsWithTheScriptsWords_whenItFailsInside() throws IOException {
        world.host.osScript("post-install", "echo no moon today >&2\nexit 4\n");

        assertThatThrownBy(world::create).hasMessageContaining("status 4").hasMessageContaining("no moon today");

        assertThat(world.shown()).isEmpty();
    }

    @Test
    void create_keepsNoIdentityOfTheBuild() throws IOException {
        world.host.osScript(
                "post-install",
                "mkdir -p /etc/ssh; echo secret > /etc/ssh/ssh_host_rsa_key; echo abc > /etc/machine-id; echo x > /etc/hostname\n");

        world.create();

        assertThat(world.tree().resolve("etc/ssh/ssh_host_rsa_key")).doesNotExist();
        assertThat(world.tree().resolve("etc/machine-id")).isEmptyFile();
        assertThat(world.tree().resolve("etc/hostname")).doesNotExist();
    }
}
