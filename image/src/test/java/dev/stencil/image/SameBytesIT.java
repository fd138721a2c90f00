package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.host.Progress;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.tree.CanonicalTar;
import dev.stencil.image.tree.LayeredTree;
import dev.stencil.image.tree.TreeDifference;
import dev.stencil.image.tree.TreeManifest;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.oci.OciRuntime;
import dev.stencil.linux.oci.Sandbox;
import dev.stencil.linux.oci.SandboxOptions;
import dev.stencil.packages.Sandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same packages give the same bytes, wherever and whenever they are built (spec conary 9.5, check A-6). */
class SameBytesIT {
    /** Does what makes builds differ: says the time, makes users, logs, runs in parallel, asks who and where it is. */
    private static final String MISCHIEF =
            """
            date > /etc/made; date +%s.%N >> /etc/made; env -i date >> /etc/made; umask >> /etc/made; hostname >> /etc/made
            echo "$TZ $LANG $LC_ALL $HOME $PATH $SOURCE_DATE_EPOCH" >> /etc/made; pwd >> /etc/made
            touch /etc/touched; mkdir -p /var/lib/made/deep; : > /var/lib/made/deep/file; ln -s deep /var/lib/made/link
            echo $$ > /var/log/made.log; head -c 9 /dev/urandom > /etc/ssh-key; mkdir -p /var/cache/ldconfig
            date +%N > /var/cache/ldconfig/aux-cache; echo x > /etc/passwd-; echo old > /etc/made.conf.dpkg-old
            echo "made:x:$(($(tail -n 1 /etc/passwd | cut -d: -f3) % 1000 + 1)):0::/:/bin/false" >> /etc/passwd
            ls -U /usr/share > /dev/null; (echo a > /etc/one) & (echo b > /etc/two) & wait
            """;

    @TempDir
    Path temporary;

    private TinyWorld world;

    @BeforeEach
    void open() throws IOException {
        world = TinyWorld.in(temporary);
        for (String name : List.of("first", "second")) {
            world.repository.add(TinyPackage.named(name)
                    .depends("tiny-base")
                    .script("postinst", MISCHIEF + "mkdir -p /etc/of; cp /etc/made /etc/of/" + name));
        }
        world.repository.publish();
        prepare(world.host);
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    private static void prepare(TinyHost host) throws IOException {
        host.os("packages", "tiny-base hello world first second\n");
        host.os("volatile", "# random\n/etc/ssh-k[!x]y*\n/nowhere/*\n");
        host.osScript("post-install", "date > /etc/finished; echo $0 >> /etc/finished\n");
    }

    private TinyHost otherHost(String name) throws IOException {
        Path root = Files.createDirectories(temporary.resolve(name));
        TinyHost host = TinyHost.in(root, world.mirror.record(), world.repository.keyring(), "");
        prepare(host);
        return host;
    }

    @Test
    void otherTimeDirectoryZoneLanguageUmaskHostNameAndProcessors_giveTheSameTree() throws Exception {
        world.create();
        TinyHost other = otherHost("a-much-longer-directory/of/another/host");

        Process process = new ProcessBuilder(strangely(CacheMaker.command(other.root(), TinyWorld.TINY))).start();
        assertThat(process.inputReader().lines().toList().getLast()).startsWith("made ");

        assertSameAs(other);
        assertThat(world.tree().resolve("etc/made")).content().contains("0022").contains("localhost.localdomain");
        assertThat(world.tree().resolve("etc/ssh-key")).doesNotExist();
        assertThat(world.tree().resolve("etc/passwd-")).doesNotExist();
        assertThat(world.tree().resolve("etc/made.conf.dpkg-old")).doesNotExist();
    }

    private static List<String> strangely(List<String> command) {
        List<String> all = new ArrayList<>(List.of(
                "taskset",
                "-c",
                "0",
                "unshare",
                "--uts",
                "sh",
                "-c",
                "hostname elsewhere.example; umask 077; exec \"$@\"",
                "sh"));
        all.addAll(List.of("env", "TZ=Asia/Kathmandu", "LANG=de_DE.UTF-8", "LC_ALL=POSIX", "HOME=/nowhere"));
        all.addAll(command);
        return all;
    }

    @Test
    void bothRuntimesGiveTheSameTree() throws IOException {
        Optional<OciRuntime> crun = OciRuntime.crun();
        Assumptions.assumeTrue(crun.isPresent(), "crun is not installed");
        Assumptions.assumeTrue(HostPrograms.find("runc").isPresent(), "runc is not installed");
        world.create();
        TinyHost other = otherHost("by-the-other");
        var programs = new HostPrograms();
        Path state = other.root().resolve("run/sandboxes");
        Sandboxes byCrun = (root, clock, _) -> Sandbox.open(
                crun.get(), programs, root, SandboxOptions.in(state).clock(clock));

        TinyWorld.caches(other.root(), byCrun)
                .create(new CreateCacheRequest(TinyWorld.TINY, false, TinyWorld.ALWAYS_FRESH), Progress.NONE);

        assertSameAs(other);
    }

    private static List<Path> treesOf(TinyHost host) {
        var area = new CacheArea(host.root().resolve("vz/template"));
        return new GenerationStore(area, new LayerStore(area))
                .current(TinyWorld.TINY)
                .orElseThrow()
                .trees();
    }

    private void assertSameAs(TinyHost other) throws IOException {
        try (LayeredTree one = LayeredTree.open(world.current().trees());
                LayeredTree another = LayeredTree.open(treesOf(other))) {
            assertSame(one.root(), another.root());
        }
    }

    private static void assertSame(Path one, Path other) throws IOException {
        TreeManifest first = TreeManifest.read(one);
        TreeManifest second = TreeManifest.read(other);
        assertThat(first.differencesTo(second))
                .extracting(TreeDifference::shown)
                .isEmpty();
        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(new CanonicalTar(second, other).identity()).isEqualTo(new CanonicalTar(first, one).identity());
    }
}
