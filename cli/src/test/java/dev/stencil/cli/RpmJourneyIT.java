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

/** From a template to a running container and back, for the rpm family, as a user types it. */
class RpmJourneyIT {
    private static final String CONTAINER = "751";

    private Path directory;
    private TestDistribution distribution;
    private RpmHost host;
    private ToolRun tools;

    @BeforeEach
    void makeHost() throws IOException {
        Path parent = Files.createDirectories(Path.of("/var/tmp/stencil-tests"));
        directory = Files.createTempDirectory(
                parent, "rpm-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        distribution = TestDistribution.make();
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
    void packagesOfADnfTemplate_fromCacheToRollback() throws IOException {
        succeed("vzpkg", "create", "cache", "sfl-9-x86_64-minimal");
        succeed("vzctl", "create", CONTAINER, "--ostemplate", "sfl-9-x86_64-minimal");
        succeed("vzctl", "start", CONTAINER, "--wait");
        assertThat(inside("systemctl is-system-running")).contains("running");

        assertThat(succeed("vzpkg", "install", "-p", CONTAINER, "fx-service")).contains("fx-service");
        assertThat(inside("systemctl is-active fx-service")).contains("active");
        assertThat(succeed("vzpkg", "install", CONTAINER, "redis")).contains("redis-server");
        assertThat(succeed("vzpkg", "list", CONTAINER)).contains("redis");
        assertThat(succeed("vzpkg", "status", CONTAINER)).contains("is up2date");

        host.withUpdates(distribution.url());
        assertThat(tools.run("vzpkg", "status", "-r", CONTAINER).code()).isEqualTo(22);
        assertThat(succeed("vzpkg", "update", CONTAINER)).contains("Updated:", "bash");
        assertThat(succeed("vzpkg", "status", CONTAINER)).contains("is up2date");

        succeed("vzpkg", "install", "-p", CONTAINER, "fx-tools");
        ToolRun.Result needed = tools.run("vzpkg", "remove", "-p", CONTAINER, "fx-libs");
        assertThat(needed.code()).isEqualTo(70);
        assertThat(needed.messages()).contains("is needed by (installed) fx-tools");
        assertThat(succeed("vzpkg", "remove", "-p", "-w", CONTAINER, "fx-libs"))
                .contains("Removed:", "fx-libs", "fx-tools");

        String file = distribution.rpm(TestDistribution.OS_9, "fx-lua").toString();
        assertThat(succeed("vzpkg", "localinstall", CONTAINER, file)).contains("fx-lua");
        ToolRun.Result failed = tools.run("vzpkg", "install", "-p", CONTAINER, "fx-failpost");
        assertThat(failed.code()).isEqualTo(70);
        assertThat(failed.messages()).contains("%post(fx-failpost");
        assertThat(succeed("vzpkg", "rollback", CONTAINER)).contains("Removed:", "fx-failpost");
        assertThat(inside("rpm -q fx-failpost fx-lua")).contains("fx-failpost is not installed", "fx-lua-1.0");
    }

    @Test
    void groupsOfADnfTemplate() {
        succeed("vzpkg", "create", "cache", "sfl-9-x86_64-minimal");
        succeed("vzctl", "create", CONTAINER, "--ostemplate", "sfl-9-x86_64-minimal");
        succeed("vzctl", "start", CONTAINER, "--wait");

        assertThat(succeed("vzpkg", "list", "-g", "sfl-9-x86_64")).contains("Tools", "Web Server");
        assertThat(succeed("vzpkg", "info", "-g", "-F", "sfl-9-x86_64", "web-server"))
                .startsWith("Group: Web Server")
                .contains("Mandatory Packages:", "nginx");
        assertThat(succeed("vzpkg", "install", "-g", CONTAINER, "Web Server")).contains("Installed:", "nginx");
        assertThat(succeed("vzpkg", "list", "-g", CONTAINER)).contains("Web Server");
        assertThat(tools.run("vzpkg", "install", "-g", CONTAINER, "nothing").messages())
                .contains("There is no group \"nothing\"");
    }

    @Test
    void aCacheOfAZypperTemplate() {
        assertThat(succeed("vzpkg", "create", "cache", "sflz-9-x86_64-mini")).contains("is ready");
        assertThat(tools.run("vzpkg", "list", "-g", "sflz-9-x86_64").code()).isEqualTo(61);
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
        tools.run("vzctl", "exec", CONTAINER, command + " > /var/tmp/output 2>&1");
        Path written = directory.resolve("vz/root").resolve(CONTAINER).resolve("var/tmp/output");
        return Files.readString(written);
    }
}
