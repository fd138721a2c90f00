package dev.stencil.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.PlainDnf;
import dev.stencil.fixtures.SystemRoot;
import dev.stencil.fixtures.TestDistribution;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The .rpm and the .tar.gz in a root of the project's own rpm distribution, which has neither Java nor apt. */
class InstalledRpmIT {
    /** What the distribution lacks of the package's needs. */
    private static final String STAND_IN =
            """
            Name: stand-in
            Version: 1
            Release: 1
            Summary: What the test distribution does not have
            License: Apache-2.0
            BuildArch: noarch
            Provides: conmon crun gnupg2 iproute
            %description
            Empty.
            %files
            """;

    private static final String ASK =
            """
            ! command -v java
            vzpkg list --os --quiet
            vzlist --all
            vzpkg info -q debian-12-x86_64 name
            vzpkg help 2>&1
            ls /usr/share/man/man8/vzctl.8.gz /usr/share/zsh/site-functions/_vzctl /usr/lib/sysctl.d/50-stencil.conf
            """;

    @TempDir
    static Path packages;

    @TempDir
    static Path base;

    @TempDir
    Path work;

    private SystemRoot root = new SystemRoot(List.of(), Path.of("/"), List.of());

    @BeforeAll
    static void makePackagesAndRoot() throws IOException {
        Packaged.make(packages, 1, "rpm", "tar");
        makeStandIn();
        TestDistribution distribution = TestDistribution.make();
        PlainDnf.on(Files.createDirectories(base.resolve("root")), base.resolve("dnf"), "9")
                .repository("os", distribution.url() + "/" + TestDistribution.OS_9, distribution.key())
                .run(("install " + TestDistribution.MINI + " dash util-linux mount tar gzip findutils diffutils")
                        .split(" "))
                .orThrow();
    }

    @BeforeEach
    void freshRoot() throws IOException {
        root = SystemRoot.over(List.of(base.resolve("root")), work);
    }

    @Test
    void answersWithoutJava_andIsErasedWithoutATrace() throws IOException {
        String said = root.succeed(
                packages,
                "rpm --install /packages/stand-in-*.rpm /packages/stencil-*-1.x86_64.rpm\n"
                        + ASK
                        + """
                echo '# mine' >>/etc/vz/vz.conf
                rpm --erase stencil
                ls -d /usr/lib/stencil /usr/share/stencil /usr/sbin/vzpkg /usr/lib/sysctl.d/50-* 2>/dev/null || :
                tail -n 1 /etc/vz/vz.conf.rpmsave
                """);

        assertAnswers(said);
        assertThat(said)
                .contains("Containers, caches and templates below /vz are left")
                .endsWith("# mine\n");
    }

    @Test
    void anUpgradeKeepsConfigurationAndTemplates() throws IOException {
        Packaged.make(packages, 2, "rpm");

        String said = root.succeed(
                packages,
                """
                rpm --install /packages/stand-in-*.rpm /packages/stencil-*-1.x86_64.rpm
                vzpkg list >/dev/null
                echo '# mine' >>/etc/vz/vz.conf
                rm -r /vz/template/ubuntu
                rpm --upgrade /packages/stencil-*-2.x86_64.rpm
                rpm --query --queryformat 'release %{release}\\n' stencil
                tail -n 1 /etc/vz/vz.conf
                vzpkg list --os --quiet
                ls /usr/lib/stencil
                """);

        assertThat(said)
                .contains("release 2\n# mine\n")
                .contains("debian-12-x86_64-minimal")
                .doesNotContain("ubuntu");
    }

    @Test
    void theSameCommitAndCachesGiveTheSameBytes(@TempDir Path other) throws IOException {
        Packaged.makeAnew(other, "rpm");

        assertThat(Packaged.file(other, "stencil-", "-1.x86_64.rpm"))
                .hasSameBinaryContentAs(Packaged.file(packages, "stencil-", "-1.x86_64.rpm"));
    }

    @Test
    void theTarIsInstalledTwiceAndRemoved() throws IOException {
        String said = root.succeed(
                packages,
                """
                tar --extract --gzip --directory /tmp --file /packages/stencil-*-linux-x86_64.tar.gz
                /tmp/stencil-*/install
                """
                        + ASK
                        + """
                echo '# mine' >>/etc/vz/vz.conf
                /tmp/stencil-*/install
                vzlist --all
                tail -n 1 /etc/vz/vz.conf
                ls /etc/vz/vz.conf.new
                /usr/lib/stencil/remove
                ls -d /usr/lib/stencil /usr/share/stencil /usr/sbin/vzpkg /usr/lib/sysctl.d/50-* 2>/dev/null || :
                """);

        assertAnswers(said);
        assertThat(said).endsWith("# mine\n/etc/vz/vz.conf.new\n");
    }

    private static void assertAnswers(String said) {
        assertThat(said)
                .contains("debian-12-x86_64-minimal")
                .contains("CTID      NPROC STATUS")
                .containsPattern("(?m)^debian-12-x86_64$")
                .contains("create cache");
    }

    private static void makeStandIn() throws IOException {
        Path spec = Files.writeString(packages.resolve("stand-in.spec"), STAND_IN);
        new HostPrograms()
                .run(Program.of("rpmbuild", "-bb", "--quiet", "--define", "_topdir " + packages.resolve("build"))
                        .args("--define", "_rpmdir " + packages, "--define", "_rpmfilename %{NAME}-%{VERSION}.rpm")
                        .args(spec.toString()))
                .orThrow();
    }
}
