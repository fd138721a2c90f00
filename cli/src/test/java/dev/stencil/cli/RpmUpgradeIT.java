package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.RpmHost;
import dev.stencil.fixtures.TestDistribution;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Running containers of the rpm family from release 9 to 10, as a user types it, and back. */
class RpmUpgradeIT {
    private static final String CONTAINER = "2310";
    /** Everything that packages own, without what running services write. */
    private static final String FILES =
            "find /etc /usr /var/lib/rpm /var/lib/dnf -type f -exec sha256sum {} + 2>/dev/null"
                    + " | grep -v -e rpmdb.sqlite- -e /etc/machine-id | sort -k 2";

    private Path directory;
    private RpmHost host;
    private ToolRun tools;

    @BeforeEach
    void makeHost() throws IOException {
        Path parent = Files.createDirectories(Path.of("/var/tmp/stencil-tests"));
        directory = Files.createTempDirectory(
                parent, "rpm-up-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        TestDistribution distribution = TestDistribution.make();
        host = RpmHost.in(directory, distribution, distribution.url());
        tools = new ToolRun(directory);
    }

    @AfterEach
    void removeHost() throws IOException {
        tools.run("vzctl", "stop", CONTAINER, "--fast");
        tools.run("vzctl", "destroy", CONTAINER);
        for (Mounts.Mount mount : Mounts.current().reversed()) {
            if (mount.target().startsWith(directory)) {
                Mounts.detach(mount.target());
            }
        }
        try (Root parent = Root.open(directory.getParent())) {
            parent.deleteTree(directory.getFileName().toString());
        }
    }

    @Test
    void aDnfContainer_failsHalfWay_goesBack_andThenForward() throws IOException {
        start("sfl-9-x86_64-minimal");
        succeed("vzpkg", "install", CONTAINER, "nginx");
        String files = inside(FILES);
        String packages = inside("rpm -qa | sort");
        host.dnf10().application("nginx", "packages", "nginx fx-failpost\n");

        ToolRun.Result failed = tools.run("vzpkg", "upgrade", CONTAINER);

        assertThat(failed.code()).isEqualTo(70);
        assertThat(failed.messages()).contains("%post(fx-failpost", "vzpkg rollback " + CONTAINER);
        assertThat(inside("rpm -q sfl-release")).contains("sfl-release-10");
        assertThat(succeed("vzpkg", "rollback", CONTAINER)).contains("Removed:", "fx-failpost");
        assertThat(inside("rpm -qa | sort")).isEqualTo(packages);
        assertThat(inside(FILES)).isEqualTo(files);
        assertThat(inside("systemctl is-system-running; systemctl is-active nginx"))
                .contains("running", "\nactive");

        host.dnf10().application("nginx", "packages", "nginx\n");
        assertThat(succeed("vzpkg", "upgrade", "-n", CONTAINER))
                .contains("Updated:", "can be upgraded to sfl-10-x86_64");
        assertThat(succeed("vzpkg", "upgrade", CONTAINER)).contains("Updated:", "Installed:", "openssh-server");
        requireRelease10();
        assertThat(inside("systemctl is-active nginx")).contains("active");
        assertThat(succeed("vzpkg", "list", CONTAINER))
                .contains("sfl-10-x86_64", "nginx")
                .doesNotContain("sfl-9");
        succeed("vzpkg", "install", CONTAINER, "redis");
        // It goes on standing on layers of release 9.
        succeed("vzpkg", "remove", "cache", "sfl-9-x86_64-minimal");
        succeed("vzpkg", "clean");
        succeed("vzctl", "restart", CONTAINER, "--wait");
        requireRelease10();
        succeed("vzpkg", "rollback", CONTAINER, "1");
        assertThat(inside("rpm -qa | sort")).isEqualTo(packages);
    }

    @Test
    void aZypperContainer_reachesTheNextRelease() throws IOException {
        start("sflz-9-x86_64-minimal");

        assertThat(succeed("vzpkg", "upgrade", CONTAINER)).contains("Updated:", "Installed:", "openssh-server");

        requireRelease10();
        assertThat(Files.readString(directory.resolve("vz/private/" + CONTAINER + "/ve.conf")))
                .contains("OSTEMPLATE=\".sflz-10-x86_64\"");
    }

    private void start(String template) {
        succeed("vzpkg", "create", "cache", template);
        succeed("vzctl", "create", CONTAINER, "--ostemplate", template);
        succeed("vzctl", "start", CONTAINER, "--wait");
    }

    private void requireRelease10() throws IOException {
        assertThat(inside("rpm -q sfl-release")).contains("sfl-release-10");
        assertThat(inside("systemctl is-system-running")).contains("running");
        assertThat(inside("rpm -Va --nomtime --noconfig")).doesNotContain("missing");
        assertThat(succeed("vzpkg", "status", CONTAINER)).contains("is up2date");
    }

    private String succeed(String... words) {
        ToolRun.Result result = tools.run(words);
        assertThat(result.code())
                .as(String.join(" ", words) + ": " + result.text())
                .isZero();
        return result.data() + result.messages();
    }

    /** By the runtime's own way in: what {@code vzctl exec} prints goes to the terminal of the test. */
    private String inside(String command) throws IOException {
        tools.run("vzctl", "exec", CONTAINER, "(" + command + ") > /var/tmp/output 2>&1");
        return Files.readString(directory.resolve("vz/root").resolve(CONTAINER).resolve("var/tmp/output"));
    }
}
