package dev.stencil.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.fixtures.TestDistribution;
import dev.stencil.fixtures.TestDistribution.Spoilt;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Program;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Repository;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Roots made by the real dnf and rpm out of the test distribution. */
class RpmRootIT {
    /** Of the tools: databases, logs, what dnf writes into a root, and the number of entries of the directories these are in. */
    private static final List<String> RECORDS = List.of(
            "var/lib/rpm",
            "var/lib/dnf",
            "var/log",
            "var/cache",
            "etc/dnf",
            "etc/ld.so.cache",
            "etc|d|",
            "tmp|d|",
            "dev|d|");

    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path temporary;

    private RpmWorld world;

    @BeforeEach
    void open() throws IOException {
        world = RpmWorld.in(temporary);
    }

    @Test
    void populate_makesTheRootThatDnfMakes() throws IOException {
        String words = TestDistribution.MINI + " fx-modes fx-hardlink fx-names fx-links fx-config";
        Path ours = world.populate("ours", world.release9(), words);
        Path theirs = dnfInstall(words);

        assertThat(query(ours)).isEqualTo(query(theirs));
        assertThat(verify(ours)).isEqualTo(verify(theirs)).isEmpty();
        assertThat(difference(tree(ours), tree(theirs))).isEmpty();
        assertThat(ours.resolve("var/lib/rpm/rpmdb.sqlite")).exists();
        try (var left = Files.list(ours)) {
            assertThat(left.map(path -> String.valueOf(path.getFileName())))
                    .noneMatch(name -> name.startsWith(".stencil"));
        }
    }

    @Test
    void populate_givesTheSameBytesTwice_databaseIncluded() throws IOException {
        Path first = world.populate("first", world.release9(), TestDistribution.MINI + " fx-user");
        Path second = world.populate("second", world.release9(), TestDistribution.MINI + " fx-user");

        assertThat(Files.mismatch(
                        first.resolve("var/lib/rpm/rpmdb.sqlite"), second.resolve("var/lib/rpm/rpmdb.sqlite")))
                .isEqualTo(-1);
        assertThat(first.resolve("etc/passwd")).hasSameTextualContentAs(second.resolve("etc/passwd"));
    }

    @Test
    void populate_fails_whenAScriptletFailsThatRpmForgives() throws IOException {
        assertThatThrownBy(() -> world.populate("root", world.release9(), TestDistribution.MINI + " fx-failpost"))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.PACKAGE_MANAGER))
                .hasMessageContaining("%post(fx-failpost-1.0-1.sfl9.noarch) scriptlet failed, exit status 4")
                .hasMessageContaining("fx-failpost could not be set up");
    }

    @Test
    void installed_andResolve_leaveTheRootAlone() throws IOException {
        Path root = world.populate("root", world.release9(), TestDistribution.MINI);
        List<String> before = tree(root);

        List<InstalledPackage> installed = world.manager.installed(root);
        Resolution update = world.manager.resolve(
                refreshed(world.updated9()), root, new dev.stencil.packages.PackageRequest.Update(List.of(), false));

        assertThat(installed.stream().map(one -> one.name().name())).contains("bash", "sfl-release");
        assertThat(update.install())
                .extracting(one -> one.name().name())
                .containsExactlyInAnyOrder("bash", "grep", "sed");
        assertThat(update.replaced()).hasSameSizeAs(update.install());
        assertThat(tree(root)).isEqualTo(before);
    }

    @Test
    void installedAndResolve_tellADamagedDatabase_andLeaveIt() throws IOException {
        Path root = world.populate("root", world.release9(), TestDistribution.MINI);
        Path database = root.resolve("var/lib/rpm/rpmdb.sqlite");
        byte[] content = Files.readAllBytes(database);
        java.util.Arrays.fill(content, 4096, content.length - 4096, (byte) 7);
        Files.write(database, content);

        assertThatThrownBy(() -> world.manager.installed(root))
                .isInstanceOf(StencilException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("malformed");
        PackageSource updated = refreshed(world.updated9());
        var everything = new dev.stencil.packages.PackageRequest.Update(List.of(), false);
        assertThatThrownBy(() -> world.manager.resolve(updated, root, everything))
                .isInstanceOf(StencilException.class)
                .hasMessageContaining("is damaged");
        assertThat(Files.readAllBytes(database)).isEqualTo(content);
    }

    @Test
    void resolve_givesWhatTheIndexSays() throws IOException {
        Resolution plan = world.resolve(world.updated9(), "fx-tilde fx-caret fx-epoch");

        for (PackageFile file : plan.install()) {
            Path rpm = Path.of(file.uri());
            assertThat(Files.size(rpm)).isEqualTo(file.sizeBytes());
            assertThat(dev.stencil.host.Digest.of(Files.readAllBytes(rpm))).isEqualTo(file.sha256());
        }
        assertThat(plan.install().stream().map(PackageFile::name).map(PackageName::version))
                .anyMatch(version -> version.contains("^"))
                .anyMatch(version -> version.contains(":"));
    }

    @Test
    void resolve_saysInDnfsWords_whyItCannotBe() {
        assertThatThrownBy(() -> world.resolve(world.release9(), "fx-broken"))
                .isInstanceOf(StencilException.class)
                .hasMessageContaining("nothing provides fx-nowhere");
        assertThatThrownBy(() -> world.resolve(world.release9(), "no-such-thing"))
                .hasMessageContaining("No match for argument: no-such-thing")
                .hasMessageNotContaining("Did you mean");
        assertThatThrownBy(() -> world.resolve(world.release9(), "fx-moeds"))
                .hasMessage("No match for argument: fx-moeds\nThere is no package fx-moeds. Did you mean fx-modes?");
        assertThatThrownBy(() -> world.resolve(world.release9(), "fx-conflict-a fx-conflict-b"))
                .hasMessageContaining("conflicts with");
    }

    @ParameterizedTest
    @EnumSource(Spoilt.class)
    void nothingIsTaken_fromASpoiltRepository(Spoilt how) {
        PackageSource source = world.source(TestDistribution.bad(how));

        if (how == Spoilt.NO_SIGNATURE) {
            // Distributions that do not sign their indexes are used too; packages are signed whatever the index says.
            world.manager.fetch(source, world.resolve(source, "fx-libs"), Progress.NONE);
            return;
        }
        assertThatThrownBy(() -> world.manager.fetch(source, world.resolve(source, "fx-libs fx-tools"), Progress.NONE))
                .isInstanceOf(StencilException.class);
    }

    @Test
    void anIndexThatWasSignedOnce_isNotAcceptedWithoutSignature() throws IOException {
        Path copy = temporary.resolve("copy");
        world.host
                .run(Program.of("cp", "-r")
                        .args(
                                world.distribution
                                        .directory()
                                        .resolve("bad/no-signature")
                                        .toString(),
                                copy.toString()))
                .orThrow();
        Path signature = copy.resolve("repodata/repomd.xml.asc");
        PackageSource source =
                world.source(List.of(new Repository("base0", "file://" + copy)), List.of(world.distribution.key()));
        world.manager.refresh(source, Freshness.ALWAYS, Progress.NONE);
        assertThat(signature).doesNotExist();
        Files.writeString(signature, "not a signature");

        assertThatThrownBy(() -> world.manager.refresh(source, Freshness.ALWAYS, Progress.NONE))
                .isInstanceOf(StencilException.class);
        Files.delete(signature);

        assertThatThrownBy(() -> world.manager.refresh(source, Freshness.ALWAYS, Progress.NONE))
                .isInstanceOf(StencilException.class);
    }

    @Test
    void aTemplateWithoutKeys_isRefused() {
        PackageSource source =
                world.source(List.of(new Repository("base0", world.distribution.url() + "/9/os")), List.of());

        assertThatThrownBy(() -> world.manager.refresh(source, Freshness.ALWAYS, Progress.NONE))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TEMPLATE_BROKEN))
                .hasMessageContaining("base0");
    }

    private PackageSource refreshed(PackageSource source) {
        world.manager.refresh(source, Freshness.WHEN_EXPIRED, Progress.NONE);
        return source;
    }

    private Path dnfInstall(String words) throws IOException {
        Path root = Files.createDirectory(temporary.resolve("theirs"));
        Path home = Files.createDirectory(temporary.resolve("home"));
        Files.writeString(home.resolve(".rpmmacros"), "%_dbpath /var/lib/rpm\n");
        Path work = Files.createDirectory(temporary.resolve("dnf"));
        Path conf = Files.writeString(
                work.resolve("dnf.conf"),
                "[main]\nbest=True\nplugins=0\ngpgcheck=0\n[os]\nname=os\nbaseurl=" + world.distribution.url()
                        + "/9/os\n");
        Files.createDirectories(work.resolve("log"));
        for (String folder : List.of("proc", "sys")) {
            Path made = Files.createDirectory(root.resolve(folder));
            Files.setPosixFilePermissions(made, java.nio.file.attribute.PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        world.host
                .run(Program.of("dnf", "-y", "--installroot=" + root, "-c", conf.toString(), "--releasever=9")
                        .args("--setopt=reposdir=" + work.resolve("none"), "--setopt=varsdir=" + work.resolve("none"))
                        .args("--setopt=cachedir=" + work.resolve("cache"), "--setopt=logdir=" + work.resolve("log"))
                        .args("--setopt=persistdir=" + work.resolve("persist"))
                        .args("install")
                        .args(words.split(" "))
                        .env("HOME", home.toString()))
                .orThrow();
        return root;
    }

    private List<String> query(Path root) throws IOException {
        return world.host
                .run(Program.of("chroot", root.toString(), "rpm", "-qa", "--qf", "%{NEVRA} %{SHA256HEADER}\\n"))
                .orThrow()
                .text()
                .lines()
                .filter(line -> !line.startsWith("gpg-pubkey"))
                .sorted()
                .toList();
    }

    private List<String> verify(Path root) throws IOException {
        return world.host
                .run(Program.of("chroot", root.toString(), "rpm", "-Va"))
                .text()
                .lines()
                .toList();
    }

    /** Of the directories of its settings and downloads, which lie in this test's, dnf makes some in the root too. */
    private boolean leadsHere(String line) {
        Path path = Path.of("/" + line.replaceFirst("[|].*", ""));
        boolean isAbove = path.getNameCount() > 1 && temporary.startsWith(path);
        return isAbove || line.contains(temporary.toString().substring(1));
    }

    private static List<String> difference(List<String> ours, List<String> theirs) {
        List<String> lines = new java.util.ArrayList<>();
        ours.stream().filter(line -> !theirs.contains(line)).forEach(line -> lines.add("ours: " + line));
        theirs.stream().filter(line -> !ours.contains(line)).forEach(line -> lines.add("theirs: " + line));
        return lines;
    }

    /** Kind, mode, owner, size or target, capabilities and content of everything that is no record of the tools. */
    private List<String> tree(Path root) throws IOException {
        String listing = world.host
                .run(Program.of("find", ".", "-printf", "%P|%y|%m|%U:%G|%n|%l\\n")
                        .in(root))
                .orThrow()
                .text();
        String capabilities =
                world.host.run(Program.of("getcap", "-r", ".").in(root)).text();
        String digests = world.host
                .run(Program.of("find", ".", "-type", "f", "-exec", "md5sum", "{}", "+")
                        .in(root))
                .orThrow()
                .text();
        return java.util.stream.Stream.of(listing, capabilities, digests)
                .flatMap(String::lines)
                .filter(line -> RECORDS.stream().noneMatch(line::contains) && !leadsHere(line))
                .sorted()
                .toList();
    }
}
