package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.stencil.fixtures.SigningKey;
import dev.stencil.fixtures.TinyMirror;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Kernel;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can go wrong outside of us while a cache is renewed. Each time: a clear failure, the previous generation is in force
 * and whole, nothing half-made is left, and the next run succeeds.
 */
class CacheTroubleIT {
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
    void update_refusesARepositoryWithABadSignature() throws IOException {
        world.create();
        var stranger = SigningKey.generate(temporary.resolve("stranger"), "Mallory <m@stencil.invalid>");
        world.repository.add(TinyWorld.hello("1.1")).publishSignedBy(stranger);

        failsWith(Fault.PACKAGE_MANAGER, "signature");

        world.publishHello("1.2");
        succeedsWith("1.2");
    }

    @Test
    void update_refusesAnAlteredPackage() throws IOException {
        world.create();
        world.publishHello("1.1");
        world.mirror.breaks("hello_1.1_all.deb", TinyMirror.Fault.ALTER);

        failsWith(Fault.PACKAGE_ALTERED, "hello");

        world.mirror.mend();
        succeedsWith("1.1");
    }

    @Test
    void update_failsCleanly_whenThePackageIsCutShort() throws IOException {
        world.create();
        world.publishHello("1.1");
        world.mirror.breaks("hello_1.1_all.deb", TinyMirror.Fault.TRUNCATE);

        failsWith(Fault.FETCH_FAILED, "hello");

        world.mirror.mend();
        succeedsWith("1.1");
    }

    @Test
    void update_failsCleanly_whenTheMirrorDiesHalfWay() throws IOException {
        world.create();
        world.publishHello("1.1");
        world.mirror.breaks("hello_1.1_all.deb", TinyMirror.Fault.UNAVAILABLE);

        failsWith(Fault.FETCH_FAILED, "hello");

        world.mirror.mend();
        succeedsWith("1.1");
    }

    @Test
    void update_saysWhatDpkgSaid_whenAMaintainerScriptFails() throws IOException {
        world.create();
        world.repository
                .add(TinyWorld.hello("1.1").script("postinst", "echo the moon is missing >&2; exit 3"))
                .publish();

        failsWith(Fault.PACKAGE_MANAGER, "the moon is missing");

        world.publishHello("1.2");
        succeedsWith("1.2");
    }

    @Test
    void create_namesThePackage_thatDoesNotExist() throws IOException {
        world.create();
        world.host.os("packages", "tiny-base hello nosuchthing\n");

        failsWith(Fault.PACKAGE_MANAGER, "nosuchthing");

        world.host.os("packages", "tiny-base hello world\n");
        succeedsWith("1.0");
    }

    @Test
    void create_saysThatTheDiskIsFull_andNothingIsLost() throws IOException {
        Path template = world.host.root().resolve("vz/template");
        Path stencil = Files.createDirectories(template.resolve("stencil"));
        // Room for the small cache and its packages, not for one with two more copies of this.
        Kernel.mount("tmpfs", stencil.toString(), "tmpfs", 0, "size=120m,mode=700");
        world.create();
        var large = TinyPackage.named("large").file("/usr/share/large", random(60_000_000));
        world.repository.add(large).publish();
        world.host.os("packages", "tiny-base hello world large\n");

        failsWith(Fault.NO_SPACE, "disk is full");

        world.host.os("packages", "tiny-base hello world\n");
        succeedsWith("1.0");
    }

    @Test
    void create_byTwoProcessesAtOnce_letsOneWaitForTheOther() throws Exception {
        List<Process> both = List.of(CacheMaker.start(world.host.root()), CacheMaker.start(world.host.root()));

        for (Process process : both) {
            try (BufferedReader reader = process.inputReader()) {
                assertThat(reader.lines()).last().asString().startsWith("made ");
            }
        }

        assertThat(world.current().number())
                .as("the second found nothing to do")
                .isEqualTo(1);
        assertThat(world.shown()).containsExactly("0001", "current");
        assertThat(TinyWorld.names(world.area.layers())).hasSize(2);
    }

    private void failsWith(Fault fault, String words) throws IOException {
        Generation before = world.current();

        assertThatThrownBy(world::update)
                .asInstanceOf(type(StencilException.class))
                .satisfies(e -> assertThat(e).hasMessageContaining(words))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(fault));

        assertThat(world.current()).isEqualTo(before);
        assertThat(world.tree().resolve("usr/bin/hello")).exists();
        assertThat(world.shown())
                .containsExactly(before.directory().getFileName().toString(), "current");
        assertThat(TinyWorld.names(world.area.layers())).hasSize(2);
    }

    private void succeedsWith(String version) throws IOException {
        world.update();

        assertThat(world.tree().resolve("var/lib/hello-was-here")).hasContent("hello " + version);
    }

    /** Text that does not compress well. */
    private static String random(int length) {
        var random = new java.util.Random(1);
        var text = new StringBuilder(length);
        while (text.length() < length) {
            text.append((char) (' ' + random.nextInt(95)));
        }
        return text.toString();
    }
}
