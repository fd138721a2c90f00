package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.fixtures.TinyPackage;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.BuildHooks;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roots of tiny packages, made with the real dpkg in a real sandbox. */
class RootBuilderIT {
    @TempDir
    Path directory;

    private TinyArchive archive;

    @BeforeEach
    void offerBase() throws IOException {
        archive = TinyArchive.in(directory);
        archive.repository.addBase();
    }

    private void offer(TinyPackage... packages) throws IOException {
        for (TinyPackage one : packages) {
            archive.repository.add(one);
        }
        archive.repository.publish();
    }

    private static String read(Path root, String file) throws IOException {
        return Files.readString(root.resolve(file));
    }

    private static String dpkg(Path root, String... arguments) throws IOException {
        return new HostPrograms()
                .run(Program.of("chroot", root.toString(), "dpkg").args(arguments))
                .orThrow()
                .text();
    }

    @Test
    void populate_configuresEverything_andDpkgFindsNothingToComplainAbout() throws IOException {
        offer(TinyPackage.named("hello")
                .depends("tiny-base")
                .conffile("/etc/hello.conf", "a=1\n")
                .program("/usr/bin/hello", "#!/bin/sh\n")
                .script("postinst", "echo $1 $DPKG_MAINTSCRIPT_PACKAGE $DEBIAN_FRONTEND > /var/hello"));

        Path root = archive.populate("root", "hello");

        assertThat(read(root, "var/hello")).isEqualTo("configure hello noninteractive\n");
        assertThat(read(root, "etc/hello.conf")).isEqualTo("a=1\n");
        assertThat(root.resolve("etc/hello.conf.dpkg-new")).doesNotExist();
        assertThat(root.resolve("usr/sbin/policy-rc.d")).doesNotExist();
        assertThat(dpkg(root, "--verify")).isEmpty();
        assertThat(dpkg(root, "--audit")).isEmpty();
        assertThat(read(root, "var/lib/dpkg/info/hello.list"))
                .isEqualTo("/.\n/etc\n/etc/hello.conf\n/usr\n/usr/bin\n/usr/bin/hello\n");
    }

    @Test
    void preinst_runsBeforeTheFilesOfLaterWaves_asDpkgWouldRunIt() throws IOException {
        offer(
                TinyPackage.named("late")
                        .preDepends("early")
                        .file("/usr/share/late", "x")
                        .script(
                                "preinst",
                                "test ! -e /usr/share/late\necho \"$1 $# $DPKG_MAINTSCRIPT_NAME $DPKG_MAINTSCRIPT_ARCH\" > /var/late"),
                TinyPackage.named("early").script("postinst", "touch /var/early"));

        Path root = archive.populate("root", "late");

        assertThat(read(root, "var/late")).isEqualTo("install 1 preinst all\n");
        assertThat(root.resolve("var/early")).exists();
    }

    @Test
    void diversionsOfPreinstScripts_areHonoured() throws IOException {
        offer(
                TinyPackage.named("tool").program("/usr/bin/tool", "original"),
                TinyPackage.named("wrapper")
                        .preDepends("divert")
                        .depends("tool")
                        .program("/usr/bin/wrapper", ""),
                TinyPackage.named("divert")
                        .script(
                                "preinst",
                                "dpkg-divert --package divert --rename --add --divert /usr/bin/tool.real /usr/bin/tool")
                        .program("/usr/bin/tool", "replacement"));

        Path root = archive.populate("root", "wrapper", "tool", "divert");

        assertThat(read(root, "usr/bin/tool")).isEqualTo("replacement");
        assertThat(read(root, "usr/bin/tool.real")).isEqualTo("original");
        assertThat(dpkg(root, "--search", "/usr/bin/tool.real")).contains("tool");
    }

    @Test
    void sharedFilesWithReplaces_endAsDpkgEndsThem() throws IOException {
        offer(
                TinyPackage.named("a-old").file("/usr/share/data", "old").file("/usr/share/a", "a"),
                TinyPackage.named("b-new")
                        .field("Replaces", "a-old")
                        .file("/usr/share/data", "new")
                        .conffile("/etc/b.conf", "b")
                        .script("preinst", "echo \"$*\" >> /var/b"));

        Path root = archive.populate("root", "a-old", "b-new");

        assertThat(read(root, "usr/share/data")).isEqualTo("new");
        assertThat(dpkg(root, "--search", "/usr/share/data")).isEqualTo("b-new: /usr/share/data\n");
        assertThat(read(root, "var/b").lines()).as("never as an upgrade").containsOnly("install");
        assertThat(read(root, "etc/b.conf")).isEqualTo("b");
        assertThat(root.resolve(".stencil-packages")).doesNotExist();
    }

    @Test
    void sharedFilesWithoutReplaces_areRefusedWithBothNames() throws IOException {
        offer(
                TinyPackage.named("one").file("/usr/share/data", "1"),
                TinyPackage.named("two").file("/usr/share/data", "2"));

        assertThatThrownBy(() -> archive.populate("root", "one", "two"))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.LOCK_NOT_CLOSED))
                .hasMessageStartingWith("two and one both bring /usr/share/data,")
                .hasMessageContaining("trying to overwrite '/usr/share/data'");
    }

    @Test
    void triggers_runWhenALaterWaveBringsTheirPath() throws IOException {
        offer(
                TinyPackage.named("index")
                        .field("Essential", "yes")
                        .member("triggers", "interest-noawait /usr/share/docs\ninterest named-one\n")
                        .script("postinst", "echo \"$1 $2\" >> /var/index"),
                TinyPackage.named("docs").file("/usr/share/docs/deep/text", "x"),
                TinyPackage.named("poke").member("triggers", "activate named-one\n"));

        Path root = archive.populate("root", "docs", "poke");

        assertThat(read(root, "var/index").lines().toList()).hasSize(2).first().isEqualTo("configure ");
        assertThat(read(root, "var/index")).contains("triggered", "/usr/share/docs", "named-one");
        assertThat(read(root, "var/lib/dpkg/triggers/Unincorp")).isEmpty();
    }

    @Test
    void aFailingScript_isNamed() throws IOException {
        offer(
                TinyPackage.named("bad").script("postinst", "echo out of cheese >&2; exit 3"),
                TinyPackage.named("worse").script("preinst", "echo no pepper >&2; exit 4"));

        assertThatThrownBy(() -> archive.populate("root1", "bad"))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.PACKAGE_MANAGER))
                .hasMessageContaining("bad")
                .hasMessageContaining("out of cheese");
        assertThatThrownBy(() -> archive.populate("root2", "worse"))
                .hasMessageContaining("worse")
                .hasMessageContaining("no pepper");
    }

    @Test
    void aTruncatedFileOfTheStore_isNamed_andNothingOutsideIsTouched() throws IOException {
        offer(TinyPackage.named("hello").file("/usr/share/hello", "x".repeat(100_000)));
        Resolution resolution = archive.resolve("hello");
        archive.manager.fetch(archive.source(), resolution, Progress.NONE);
        Path stored = archive.store.path(resolution.install().stream()
                .filter(file -> file.name().name().equals("hello"))
                .findFirst()
                .orElseThrow());
        byte[] whole = Files.readAllBytes(stored);
        Files.write(stored, java.util.Arrays.copyOf(whole, whole.length - 30));
        Path root = Files.createDirectory(directory.resolve("root"));

        assertThatThrownBy(() -> archive.manager.populate(
                        archive.source(), root, resolution, TinyArchive.NO_HOOKS, Progress.NONE))
                .isInstanceOf(StencilException.class)
                .hasMessageContaining(stored.getFileName().toString());
    }

    @Test
    void scripts_cannotReachOutsideTheRoot() throws IOException {
        Path precious = Files.writeString(directory.resolve("precious"), "mine");
        offer(
                TinyPackage.named("evil").link("/usr/share/out", "/../../../../.." + directory),
                TinyPackage.named("prey")
                        .preDepends("evil")
                        .file("/usr/share/out/precious", "stolen")
                        .script("postinst", "! test -e " + precious + " && ! mount -t tmpfs none /mnt 2>/dev/null"));

        try {
            archive.populate("root", "evil", "prey");
        } catch (StencilException acceptable) {
            assertThat(acceptable.fault()).isEqualTo(Fault.PACKAGE_MANAGER);
        }
        assertThat(Files.readString(precious)).isEqualTo("mine");
    }

    @Test
    void hooks_runInOrderAtTheirPlaces() throws IOException {
        offer(TinyPackage.named("hello").file("/usr/share/hello", "x"));
        List<String> seen = new ArrayList<>();
        BuildHooks hooks = new BuildHooks() {
            @Override
            public Instant clock() {
                return TinyArchive.CLOCK;
            }

            @Override
            public void beforePackages(Path root) {
                seen.add("before, database " + Files.exists(root.resolve("var/lib/dpkg/status")));
            }

            @Override
            public void afterBootstrap(Path root, ProgramRunner inside) {
                seen.add("bootstrap, hello " + Files.exists(root.resolve("usr/share/hello")) + " " + say(inside));
            }

            @Override
            public void afterPackages(Path root, ProgramRunner inside) {
                seen.add("after, hello " + Files.exists(root.resolve("usr/share/hello")) + " " + say(inside));
            }
        };

        archive.populate("root", hooks, "hello");

        assertThat(seen).containsExactly("before, database true", "bootstrap, hello false hi", "after, hello true hi");
    }

    private static String say(ProgramRunner inside) {
        try {
            return inside.run(Program.of("echo", "hi")).orThrow().text().strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void theSamePackages_makeTheSameTree() throws IOException {
        offer(
                TinyPackage.named("one").file("/usr/share/common/one", "1"),
                TinyPackage.named("two").file("/usr/share/common/two", "2").depends("one"),
                TinyPackage.named("three").preDepends("two").file("/opt/three/x", "3"));

        Path first = archive.populate("first", "three");
        Path second = archive.populate("second", "three", "two", "one");

        assertThat(TreeListing.of(first)
                        .without("var/log/dpkg.log", "var/lib/dpkg/info/*.list", "var/lib/apt/*", "etc/ld.so.cache")
                        .differencesFrom(TreeListing.of(second)
                                .without(
                                        "var/log/dpkg.log",
                                        "var/lib/dpkg/info/*.list",
                                        "var/lib/apt/*",
                                        "etc/ld.so.cache")))
                .isEmpty();
        assertThat(Files.getLastModifiedTime(first.resolve("usr/share/common"), LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(Files.getLastModifiedTime(second.resolve("usr/share/common"), LinkOption.NOFOLLOW_LINKS));
    }
}
