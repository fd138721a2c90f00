package dev.stencil.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a command installs on the host is named before, and what it cannot install is named with what to do. */
class SetupIT {
    private BareCheckout checkout;

    @BeforeEach
    void make() throws IOException {
        checkout = BareCheckout.make(1 << 10);
    }

    @AfterEach
    void cleanUp() throws IOException {
        checkout.close();
    }

    @Test
    void launcherOfAFreshCheckoutSaysWhereAJdkComesFrom() throws IOException {
        Finished done = checkout.run(checkout.program("bin/vzpkg", "list"));

        assertThat(done.status()).isEqualTo(2);
        assertThat(done.stderrEnd())
                .isEqualTo(
                        "Error: No JDK 25 was found. Run ./quickstart or tools/setup build, which bring one, or name one in"
                                + " STENCIL_JAVA_HOME.\n");
    }

    /** With a checkout that is moved the JDK in {@code .jdk/} leaves its place. */
    @Test
    void launcherBuildsAgainWhenTheJvmOfTheLastBuildHasGone() throws IOException {
        Path build = Files.createDirectories(checkout.root().resolve("cli/target/stencil"));
        Files.createFile(build.resolve("built"));
        Path java = Files.createSymbolicLink(checkout.beside("java"), Path.of("/bin/true"));
        Files.writeString(build.resolve("java"), java + "\n");

        Finished with = checkout.run(checkout.program("bin/vzpkg", "list"));
        Files.delete(java);
        Finished without = checkout.run(checkout.program("bin/vzpkg", "list"));

        assertThat(with.status()).as(with.stderrEnd()).isZero();
        assertThat(without.stderrEnd()).contains("Error: No JDK 25 was found.");
    }

    @Test
    void distributionsJdkGoesBeforeAFetchedOne() throws IOException {
        offer(List.of("openjdk-25-jdk-headless"));

        Finished done = checkout.setUp("file://" + checkout.archive());

        assertThat(done.stderrEnd().lines())
                .startsWith("Installing these packages and what they depend on: openjdk-25-jdk-headless");
    }

    @Test
    void packagesAreNamedOnceInOneList() throws IOException {
        List<String> wanted = List.of(
                "maven",
                "shellcheck",
                "util-linux",
                "findutils",
                "runc",
                "crun",
                "conmon",
                "iproute2",
                "gnupg",
                "gpgv",
                "xz-utils",
                "zstd",
                "curl",
                "e2fsprogs",
                "ca-certificates");
        offer(wanted);
        Path nothingInstalled =
                Files.createDirectories(checkout.beside("dpkg/updates")).getParent();
        Files.createFile(nothingInstalled.resolve("status"));

        Finished done = checkout.run(checkout.program("tools/setup", "build", "run")
                .env("DPKG_ADMINDIR", nothingInstalled.toString())
                .env("STENCIL_JDK_URL", "file://" + checkout.archive()));

        assertThat(done.status()).as(done.stderrEnd()).isZero();
        assertThat(done.stderrEnd().lines().filter(line -> line.startsWith("Installing")))
                .containsExactly("Installing these packages and what they depend on: " + String.join(" ", wanted));
        assertThat(checkout.foundJdk()).isEqualTo(checkout.jdk().toString());
    }

    @Test
    void ordinaryUserIsToldThePackages() throws IOException {
        Path nothingInstalled =
                Files.createDirectories(checkout.beside("dpkg/updates")).getParent();
        Files.createFile(nothingInstalled.resolve("status"));

        Finished done = checkout.run(checkout.program("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")
                .args("tools/setup", "build")
                .env("DPKG_ADMINDIR", nothingInstalled.toString()));

        assertThat(done.status()).isEqualTo(2);
        assertThat(done.stderrEnd())
                .isEqualTo(
                        "Error: These packages are missing: maven shellcheck util-linux findutils curl ca-certificates."
                                + " Run again as root to install them.\n");
    }

    @Test
    void hostOfAnotherFamilyIsToldItsOwnNames() throws IOException {
        checkout.release("ID=\"almalinux\"\nID_LIKE=\"rhel centos fedora\"\n");

        Finished done = checkout.run(checkout.program("tools/setup", "build").env("PATH", fewCommands()));

        assertThat(done.status()).isEqualTo(2);
        assertThat(done.stderrEnd())
                .isEqualTo(
                        "Error: These packages are missing: maven ShellCheck util-linux curl. Install them: dnf install"
                                + " maven ShellCheck util-linux curl\n");
    }

    @Test
    void hostOfAnotherFamilyThatHasAllNeedsNothingButAJdk() throws IOException {
        checkout.release("ID=arch\n");

        Finished done =
                checkout.run(checkout.program("tools/setup").env("STENCIL_JDK_URL", "file://" + checkout.archive()));

        assertThat(done.status()).as(done.stderrEnd()).isZero();
        assertThat(done.stderrEnd()).startsWith("The tests want a Debian host;").doesNotContain("missing: ");
        assertThat(checkout.foundJdk()).isEqualTo(checkout.jdk().toString());
    }

    /** Lets apt know these packages, which it goes through the motions of installing. */
    private void offer(List<String> names) throws IOException {
        Path repository = Files.createDirectories(checkout.beside("repository"));
        var packages = new StringBuilder();
        for (String name : names) {
            packages.append("Package: %s\nVersion: 25\nArchitecture: all\nFilename: ./%s.deb\nSize: 1\nSHA256: %s\n\n"
                    .formatted(name, name, "0".repeat(64)));
        }
        Files.writeString(repository.resolve("Packages"), packages);
        Path sources =
                Files.writeString(checkout.beside("sources.list"), "deb [trusted=yes] copy:" + repository + " ./\n");
        Path configuration = checkout.beside("apt.conf");
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        + "Dir::Etc::sourcelist \"%s\";\nAPT::Get::Simulate \"true\";\nAPT::Sandbox::User \"root\";\n"
                                .formatted(sources));
    }

    /** A search path with what the script itself calls, and find(1). */
    private String fewCommands() throws IOException {
        Path commands = Files.createDirectories(checkout.beside("commands"));
        for (String name : List.of("bash", "sh", "unshare", "mount", "dirname", "sed", "tr", "grep", "id", "find")) {
            Files.createSymbolicLink(
                    commands.resolve(name), HostPrograms.find(name).orElseThrow());
        }
        return commands.toString();
    }
}
