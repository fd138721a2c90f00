package dev.stencil.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.fixtures.TestDistribution;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Program;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real zypper decides, on the lists that were fetched and checked. */
class ZypperSolverIT {
    @TempDir
    Path temporary;

    private RpmWorld world;

    @BeforeEach
    void open() throws IOException {
        world = RpmWorld.in(temporary);
    }

    @Test
    void resolve_takesWhatPlainZypperTakes_andMakesTheSameSystem() throws IOException {
        PackageSource source = refreshed(world.release9());
        Resolution plan = world.zypper.resolve(
                source, new PackageRequest.Install(List.of((TestDistribution.MINI + " fx-weak").split(" "))));

        assertThat(names(plan)).containsExactlyInAnyOrderElementsOf(plainZypper(TestDistribution.MINI + " fx-weak"));
        Path root = Files.createDirectory(temporary.resolve("root"));
        world.zypper.fetch(source, plan, Progress.NONE);
        world.zypper.populate(source, root, plan, RpmWorld.NO_HOOKS, Progress.NONE);
        assertThat(world.host
                        .run(Program.of("chroot", root.toString(), "rpm", "-Va"))
                        .text())
                .isEmpty();
    }

    @Test
    void resolve_updatesAndRemoves_inARootThatItLeavesAlone() throws IOException {
        Path root = world.populate("root", world.release9(), TestDistribution.MINI + " fx-libs fx-tools");
        PackageSource source = refreshed(world.updated9());

        Resolution update = world.zypper.resolve(source, root, new PackageRequest.Update(List.of(), false));
        Resolution remove = world.zypper.resolve(source, root, new PackageRequest.Remove(List.of("fx-libs"), true));

        assertThat(update.install())
                .extracting(one -> one.name().name())
                .containsExactlyInAnyOrder("bash", "fx-libs", "fx-tools", "grep", "sed");
        assertThat(update.replaced()).hasSameSizeAs(update.install());
        assertThat(remove.remove().stream().map(PackageName::name)).contains("fx-libs", "fx-tools");
        assertThat(root.resolve("etc/zypp")).doesNotExist();
    }

    @Test
    void resolve_saysInZyppersWords_whyItCannotBe() {
        PackageSource source = refreshed(world.release9());

        assertThatThrownBy(() -> world.zypper.resolve(source, new PackageRequest.Install(List.of("fx-broken"))))
                .isInstanceOf(StencilException.class)
                .hasMessageContaining("nothing provides fx-nowhere");
        assertThatThrownBy(() -> world.zypper.resolve(source, new PackageRequest.Install(List.of("no-such-thing"))))
                .hasMessageContaining("No provider of 'no-such-thing' found");
        assertThatThrownBy(() -> world.zypper.resolve(source, new PackageRequest.Install(List.of("fx-moeds"))))
                .hasMessageEndingWith("There is no package fx-moeds. Did you mean fx-modes?");
    }

    private PackageSource refreshed(PackageSource source) {
        world.zypper.refresh(source, Freshness.WHEN_EXPIRED, Progress.NONE);
        return source;
    }

    private static List<String> names(Resolution plan) {
        return plan.install().stream()
                .map(PackageFile::name)
                .map(name -> name.name() + " " + name.version())
                .toList();
    }

    private List<String> plainZypper(String words) throws IOException {
        Path repos = Files.createDirectory(temporary.resolve("repos.d"));
        Path root = Files.createDirectories(temporary.resolve("plain/var/lib/rpm"))
                .getParent()
                .getParent()
                .getParent();
        Files.writeString(
                repos.resolve("os.repo"),
                "[os]\nname=os\nenabled=1\nbaseurl=" + world.distribution.url() + "/9/os\ngpgcheck=0\n");
        Path home = Files.createDirectory(temporary.resolve("home"));
        Files.writeString(home.resolve(".rpmmacros"), "%_dbpath /var/lib/rpm\n");
        world.host
                .run(Program.of("zypper", "--installroot=" + root, "--reposd-dir=" + repos)
                        .args("--cache-dir=" + temporary.resolve("zc"), "--non-interactive", "--no-gpg-checks")
                        .args("install")
                        .args(words.split(" "))
                        .env("HOME", home.toString())
                        .env("ZYPP_LOGFILE", temporary.resolve("plain.log").toString()))
                .orThrow();
        return world.host
                .run(Program.of(
                        "chroot",
                        root.toString(),
                        "rpm",
                        "-qa",
                        "--qf",
                        "%{NAME} %|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE}\\n"))
                .orThrow()
                .text()
                .lines()
                .filter(line -> !line.startsWith("gpg-pubkey"))
                .toList();
    }
}
