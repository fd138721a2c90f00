package dev.stencil.cli.vzpkg.area;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.SystemRoot;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@code vzpkg install template NAME} by the host's own apt or dnf, from a repository that the test makes. It is this machine's
 * root that they change, so that lies below an overlay which is thrown away.
 */
@NotAffectedBy("container")
class TemplatesByNameIT {
    private static final String SMALL = "/vz/template/small/1/x86_64/config/";
    private static final String BASE = SMALL + "os/default/packages";
    private static final String WEB = SMALL + "app/web/default/packages";

    /** Ends with what came of each command, so that one run of the root tells all. */
    private static final String ASK =
            """
            unset STENCIL_ROOT
            tell() { status=0; "$vzpkg" "$@" >/tmp/said 2>&1 || status=$?; echo "$status: $(cat /tmp/said)"; }
            tell install template -q -n small-1-x86_64
            ls /vz/template/small 2>/dev/null || echo nothing yet
            tell install template -q small-1-x86_64
            tell install template -q -F small-1-x86_64 web
            tell install template -q nowhere-1-x86_64
            cat %s %s
            next
            tell update template -q small-1-x86_64
            cat %s
            tell remove template -q -F small-1-x86_64 web
            """
                    .formatted(BASE, WEB, BASE);

    /** On a file system of its own: an overlay's parts must not lie within each other. */
    private Path memory = Path.of("/");

    private Path packages = Path.of("/");

    @BeforeEach
    void makeDirectories() throws IOException {
        memory = Files.createTempDirectory(Path.of("/dev/shm"), "stencil-templates-by-name");
        Files.setPosixFilePermissions(memory, PosixFilePermissions.fromString("rwxr-xr-x"));
        packages = Files.createDirectory(memory.resolve("offered"));
    }

    @AfterEach
    void removeDirectories() throws IOException {
        try (Root parent = Root.open(memory.getParent())) {
            parent.deleteTree(memory.getFileName().toString());
        }
    }

    @Test
    void byApt() throws IOException {
        debs("first", "1.0");
        debs("next", "2.0");

        String said = run(
                """
                rm -rf /etc/apt/sources.list.d
                offer() {
                    echo "deb [signed-by=/packages/$1.gpg] file:/packages/$1 tiny main" >/etc/apt/sources.list
                    apt-get -qq update
                }
                next() { offer next; }
                offer first
                """,
                """
                dpkg-query --show --showformat '${Package} ${Version}\\n' '*small-1-x86-64-ez'
                """);

        assertThat(said)
                .contains("70: Error: apt-get could not install the templates: E: Unable to locate package nowhere-1")
                .endsWith("small-1-x86-64-ez 2.0\n");
        assertCameAndWent(said);
    }

    @Test
    void byDnf() throws IOException {
        rpms("first", "1");
        rpms("next", "2");

        String said = run(
                """
                rm -rf /var/lib/dpkg /var/lib/rpm /etc/yum.repos.d /etc/dnf/dnf.conf
                mkdir -p /var/lib/rpm /etc/rpm /etc/yum.repos.d
                export HOME=/root
                echo '%_dbpath /var/lib/rpm' >>/etc/rpm/macros
                echo '%_dbpath /var/lib/rpm' >/root/.rpmmacros
                rpm --initdb
                offer() {
                    printf '[%s]\\nname=%s\\nbaseurl=file:///packages/%s\\ngpgcheck=0\\n' "$1" "$1" "$1" \
                        >/etc/yum.repos.d/templates.repo
                }
                next() { offer next; }
                offer first
                """,
                """
                rpm --query --all --queryformat '%{name} %{version}\\n'
                """);

        assertThat(said)
                .contains("70: Error: dnf could not install the templates: ")
                .endsWith("small-1-x86_64-ez 2\n");
        assertCameAndWent(said);
    }

    private static void assertCameAndWent(String said) {
        assertThat(said)
                .contains("0: small-1-x86_64 template could be installed\nnothing yet\n")
                .contains("0: small-1-x86_64 template was installed\n")
                .contains("0: small-1-x86_64 web template was installed\n")
                .contains("base 1\nweb 1\n0: small-1-x86_64 template was updated\nbase 2\n")
                .contains("0: small-1-x86_64 web template was removed\n");
    }

    /** A signed repository of dpkg packages in its own directory, its keyring beside it. */
    private void debs(String name, String version) throws IOException {
        String number = version.substring(0, 1) + "\n";
        TinyRepository repository = TinyRepository.in(packages.resolve(name))
                .add(TinyPackage.named("small-1-x86-64-ez")
                        .version(version)
                        .file(BASE, "base " + number)
                        .file(SMALL + "os/default/package_manager", "dpkgx64\n"))
                .add(TinyPackage.named("web-small-1-x86-64-ez")
                        .version(version)
                        .depends("small-1-x86-64-ez")
                        .file(WEB, "web " + number))
                .publish();
        Files.copy(repository.keyring(), packages.resolve(name + ".gpg"));
    }

    private void rpms(String name, String version) throws IOException {
        Path directory = Files.createDirectory(packages.resolve(name));
        String manager = SMALL + "os/default/package_manager";
        rpm(directory, "small-1-x86_64-ez", version, "", Map.of(BASE, "base " + version, manager, "dpkgx64"));
        rpm(
                directory,
                "web-small-1-x86_64-ez",
                version,
                "Requires: small-1-x86_64-ez\n",
                Map.of(WEB, "web " + version));
        new HostPrograms()
                .run(Program.of("createrepo_c", "--quiet", directory.toString()))
                .orThrow();
    }

    private void rpm(Path directory, String name, String version, String needs, Map<String, String> files)
            throws IOException {
        var install = new StringBuilder();
        files.forEach((file, text) -> install.append("install -d %{buildroot}$(dirname ")
                .append(file)
                .append(")\necho ")
                .append(text)
                .append(" >%{buildroot}")
                .append(file)
                .append('\n'));
        Path spec = Files.writeString(
                memory.resolve(name + ".spec"),
                "Name: " + name + "\nVersion: " + version + "\nRelease: 1\nSummary: template\nLicense: none\n"
                        + "BuildArch: noarch\n" + needs + "%description\nTemplate.\n%install\n" + install
                        + "%files\n" + String.join("\n", files.keySet()) + "\n");
        new HostPrograms()
                .run(Program.of("rpmbuild", "-bb", "--quiet", "--define", "_topdir " + memory.resolve("build"))
                        .args("--define", "_rpmdir " + directory, "--define", "_rpmfilename %{NAME}.rpm")
                        .args(spec.toString()))
                .orThrow();
    }

    private String run(String before, String after) throws IOException {
        Path checkout = Path.of("..").toAbsolutePath().normalize();
        Finished done = SystemRoot.over(List.of(Path.of("/")), memory)
                .showing(checkout)
                .run(packages, "vzpkg='" + checkout.resolve("bin/vzpkg") + "'\n" + before + ASK + after);
        assertThat(done.status()).as(done.text() + done.stderrEnd()).isZero();
        return done.text();
    }
}
