package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.MaskedHost;
import dev.stencil.fixtures.RpmHost;
import dev.stencil.fixtures.TestDistribution;
import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.fixtures.lane.NotAffectedBy;
import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Caches on a host that really lacks the package manager: it is hidden from the whole command in a mount namespace, and found
 * in a tree.
 */
@NotAffectedBy("container")
class ToolsTreeIT {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    private Path directory;

    @BeforeAll
    static void build() throws IOException {
        new HostPrograms().run(Program.of(vzpkg(), "--version")).orThrow();
    }

    @BeforeEach
    void makeDirectory() throws IOException {
        Path parent = Files.createDirectories(Path.of("/var/tmp/stencil-tests"));
        directory = Files.createTempDirectory(
                parent, "tools-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    @AfterEach
    void removeDirectory() throws IOException {
        try (Root parent = Root.open(directory.getParent())) {
            parent.deleteTree(directory.getFileName().toString());
        }
    }

    @Test
    void dnfTemplate_isBuiltWithTheToolsOfATree_onAHostWithoutDnfAndRpm() throws IOException {
        MaskedHost host = MaskedHost.withoutRpm(directory.resolve("masked"));
        Path root = rpmHost();

        Finished alone = vzpkg(host, root, "create", "cache", "sfl-9-x86_64-mini");
        assertThat(alone.status()).isEqualTo(70);
        assertThat(alone.stderrEnd()).contains("need dnf, rpm. This host has no dnf and no rpm", "TOOLS_TREE");

        toolsAre(host.unmasked().toString(), root);
        Finished made = vzpkg(host, root, "create", "cache", "sfl-9-x86_64-mini");
        assertThat(made.stderrEnd()).contains("Using dnf, rpm of tools tree " + host.unmasked(), "is ready");
        assertThat(made.status()).isZero();
        assertThat(caches(root, "usr/bin/rpm")).isTrue();
    }

    @Test
    void zypperTemplate_isBuiltWithTheToolsOfATree_onAHostWithoutZypper() throws IOException {
        MaskedHost host = MaskedHost.withoutRpm(directory.resolve("masked"));
        Path root = rpmHost();
        toolsAre(host.unmasked().toString(), root);

        Finished made = vzpkg(host, root, "create", "cache", "sflz-9-x86_64-mini");

        assertThat(made.stderrEnd()).contains("Using zypper, dnf, rpm of tools tree " + host.unmasked(), "is ready");
        assertThat(made.status()).isZero();
    }

    @Test
    void aptTemplate_isBuiltWithTheToolsOfATree_onAHostWithoutAptAndDpkg() throws IOException {
        TinyRepository repository = TinyRepository.in(directory.resolve("archive"))
                .addBase()
                .add(TinyPackage.named("hello").version("1.0").file("/usr/share/hello", "hello\n"))
                .publish();
        Path root = directory.resolve("host");
        TinyHost.in(root, repository.record(), repository.keyring(), "tiny-base hello");
        MaskedHost host = MaskedHost.without(directory.resolve("masked"), MaskedHost.DEBIAN_FAMILY);

        Finished alone = vzpkg(host, root, "create", "cache", "tiny-1-x86_64");
        assertThat(alone.status()).isEqualTo(70);
        assertThat(alone.stderrEnd()).contains("need apt, gpgv. This host has no apt and no gpgv");

        toolsAre(host.unmasked().toString(), root);
        Finished made = vzpkg(host, root, "create", "cache", "tiny-1-x86_64");
        assertThat(made.stderrEnd()).contains("Using apt, gpgv of tools tree " + host.unmasked(), "is ready");
        assertThat(made.status()).isZero();
        assertThat(caches(root, "usr/share/hello")).isTrue();
    }

    /** Against the archive that the host's own apt uses. */
    @Test
    void toolsTree_isMadeOfTheShippedTemplate_whenItIsNeededAndOnlyThen() throws IOException {
        MaskedHost host = MaskedHost.withoutRpm(directory.resolve("masked"));
        Path root = rpmHost();
        copyShipped("debian/12/x86_64/config/os", root.resolve("vz/template"));

        Finished made = vzpkg(host, root, "create", "cache", "sfl-9-x86_64-mini");
        assertThat(made.stderrEnd())
                .contains(
                        "Making tools tree debian-12-x86_64-tools, for this host has no dnf and no rpm",
                        "Using dnf, rpm of tools tree debian-12-x86_64-tools",
                        "Cache of sfl-9-x86_64-mini is ready");
        assertThat(made.status()).isZero();

        Finished again = vzpkg(host, root, "create", "cache", "sflz-9-x86_64-mini");
        assertThat(again.stderrEnd())
                .contains("Using zypper, dnf, rpm of tools tree debian-12-x86_64-tools", "is ready")
                .doesNotContain("Making tools tree");
        assertThat(vzpkg(host, root, "create", "cache", "debian-12-x86_64-tools")
                        .stderrEnd())
                .doesNotContain("tools tree");
    }

    private static void copyShipped(String folder, Path area) throws IOException {
        Path to = Files.createDirectories(area.resolve(folder));
        new HostPrograms()
                .run(Program.of(
                        "cp", "-rT", HOME.resolve("templates").resolve(folder).toString(), to.toString()))
                .orThrow();
    }

    private Path rpmHost() throws IOException {
        TestDistribution distribution = TestDistribution.make();
        Path root = Files.createDirectory(directory.resolve("host"));
        RpmHost.in(root, distribution, distribution.url());
        return root;
    }

    private static void toolsAre(String tree, Path root) throws IOException {
        Files.writeString(root.resolve("etc/vztt/vztt.conf"), "TOOLS_TREE=\"" + tree + "\"\n");
    }

    private static Finished vzpkg(MaskedHost host, Path root, String... words) throws IOException {
        return new HostPrograms()
                .run(host.in(Program.of(vzpkg(), words)
                        .env("STENCIL_ROOT", root.toString())
                        .env("JAVA_HOME", System.getProperty("java.home"))));
    }

    private static boolean caches(Path root, String file) throws IOException {
        try (Stream<Path> layers = Files.list(root.resolve("vz/template/stencil/layers"))) {
            return layers.anyMatch(layer -> Files.exists(layer.resolve("fs").resolve(file)));
        }
    }

    private static String vzpkg() {
        return HOME.resolve("bin/vzpkg").toString();
    }
}
