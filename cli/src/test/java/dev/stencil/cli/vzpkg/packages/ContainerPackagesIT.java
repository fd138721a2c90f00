package dev.stencil.cli.vzpkg.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.cli.ToolRun;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The life of applications in one real Debian container whose apt has lost its programs and that has no network when packages come:
 * a bare system is made from the archive, started, and worked on from the host. Tests build on each other.
 */
@TestMethodOrder(OrderAnnotation.class)
class ContainerPackagesIT {
    private static final String TEMPLATE = "debian-12-x86_64-bare";
    private static final String CONTAINER = "490";
    private static final String ADDRESS = "10.93.0.90";

    private static Path root;
    private static ToolRun tools;

    @BeforeAll
    static void startContainer() throws IOException {
        System.setProperty(
                "stencil.home", Path.of("..").toAbsolutePath().normalize().toString());
        root = Files.createTempDirectory(Path.of("/var/tmp"), "stencil-container-packages");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        tools = new ToolRun(root);
        expect(0, "vzpkg", "list");
        Path set = Files.createDirectories(root.resolve("vz/template/debian/12/x86_64/config/os/bare"));
        Files.writeString(set.resolve("packages"), "systemd systemd-sysv ifupdown iproute2\n");
        expect(0, "vzpkg", "create", "cache", TEMPLATE);
        expect(0, "vzctl", "create", CONTAINER, "--ostemplate", TEMPLATE);
        expect(0, "vzctl", "start", CONTAINER, "--wait");
        // apt counts itself among the Essential packages, so no list can leave it out. A purged one would be drift.
        assertThat(inside("rm -r /usr/bin/apt* /usr/lib/apt")).isZero();
    }

    @AfterAll
    static void destroyContainer() throws IOException {
        tools.run("vzctl", "stop", CONTAINER, "--fast");
        tools.run("vzctl", "destroy", CONTAINER);
        for (Mounts.Mount mount : Mounts.current().reversed()) {
            if (mount.target().startsWith(root)) {
                Mounts.detach(mount.target());
            }
        }
        try (Root parent = Root.open(root.getParent())) {
            parent.deleteTree(root.getFileName().toString());
        }
    }

    @Test
    @Order(1)
    void status_isFreshForANewCacheAndItsContainer() throws IOException {
        assertThat(expect(0, "vzpkg", "status", CONTAINER, TEMPLATE).data())
                .contains("CT 490 is up2date", "Caches of " + TEMPLATE + " are up to date");
    }

    @Test
    @Order(2)
    void install_bringsAServiceThatTheGuestsInitRuns() throws IOException {
        assertThat(root.resolve("vz/root/490/usr/bin/apt-get")).doesNotExist();

        String report = expect(0, "vzpkg", "install", CONTAINER, "nginx").data();

        assertThat(report).startsWith("Installed:\n").contains("\n nginx                  amd64     1.");
        assertThat(inside("systemctl is-active nginx")).isZero();
        assertThat(Files.readString(root.resolve("vz/private/490/ve.conf"))).contains("TEMPLATES=\" .nginx\"");
        assertThat(Files.readString(root.resolve("vz/private/490/templates/vzpackages")))
                .contains("\n nginx ");
        assertThat(expect(0, "vzpkg", "list", "-q", "--old-format", CONTAINER).data())
                .isEqualTo(TEMPLATE + "\nnginx\n");
    }

    @Test
    @Order(3)
    void install_givesAPageOverTheContainersAddress() throws IOException {
        expect(0, "vzctl", "set", CONTAINER, "--ipadd", ADDRESS, "--save");

        try (var page = URI.create("http://" + ADDRESS + "/").toURL().openStream()) {
            assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8)).contains("Welcome to nginx");
        }
    }

    @Test
    @Order(4)
    void install_runsADatabase() throws IOException {
        expect(0, "vzpkg", "install", CONTAINER, "mysql");

        assertThat(inside("mysql --execute 'select 1'")).isZero();
        assertThat(expect(0, "vzpkg", "list", CONTAINER).data()).contains(" mysql ");
    }

    @Test
    @Order(5)
    void remove_endsTheServiceAndForgetsTheTemplate() throws IOException {
        assertThat(expect(0, "vzpkg", "remove", CONTAINER, "nginx").data()).startsWith("Removed:\n nginx ");

        assertThat(inside("systemctl is-active nginx")).isNotZero();
        assertThat(expect(0, "vzpkg", "list", CONTAINER).data()).doesNotContain("nginx");
        expect(26, "vzpkg", "remove", CONTAINER, "nginx");
    }

    @Test
    @Order(6)
    void errors_haveTheirOwnExitCodes() throws IOException {
        expect(27, "vzpkg", "install", CONTAINER, "mysql");
        expect(28, "vzpkg", "install", CONTAINER, "no-such-application");
        assertThat(expect(70, "vzpkg", "install", "-p", CONTAINER, "no-such-package")
                        .messages())
                .contains("Unable to locate package no-such-package");
        assertThat(expect(70, "vzpkg", "install", "-p", CONTAINER, "cowsya").messages())
                .contains("There is no package cowsya. Did you mean cowsay");
        assertThat(expect(35, "vzpkg", "remove", "-p", CONTAINER, "iprouet2").messages())
                .contains("Not installed in container " + CONTAINER + ": iprouet2. Did you mean iproute2?");
        expect(16, "vzpkg", "install", "499", "nginx");
        expect(46, "vzpkg", "install", "nobody", "nginx");
        expect(35, "vzpkg", "remove", "-p", CONTAINER, "nginx");
        expect(35, "vzpkg", "install", CONTAINER);
        expect(61, "vzpkg", "install", "-g", CONTAINER, "web");
    }

    /** Checked against the commands' schemas by the test's tool itself. */
    @Test
    @Order(6)
    void resultsComeAsJsonToo() {
        assertThat(expect(0, "vzpkg", "install", "-n", "--json", CONTAINER, "nginx")
                        .data())
                .contains("\"name\": \"nginx\"");
        expect(0, "vzpkg", "remove", "-n", "--json", CONTAINER, "mysql");
        expect(0, "vzpkg", "update", "-n", "--json", CONTAINER);
        expect(0, "vzpkg", "sync", "-n", "--json", CONTAINER);
        expect(0, "vzpkg", "status", "--json", CONTAINER);
        assertThat(expect(0, "vzpkg", "status", "--json", CONTAINER, TEMPLATE).data())
                .contains("\"containers\": [", "\"container\": \"" + CONTAINER + "\"", "\"templates\": [");
        expect(0, "vzpkg", "generations", "--json", CONTAINER);
        assertThat(expect(1, "vzpkg", "diff", "--json", TEMPLATE, CONTAINER).data())
                .contains("\"packages\"", "\"files\"");
        assertThat(expect(0, "vzctl", "status", "--json", CONTAINER).data()).contains("\"status\": \"running\"");
        assertThat(expect(0, "prlctl", "status", "--json", CONTAINER).data()).contains("\"status\": \"running\"");
    }

    @Test
    @Order(7)
    void aStoppedContainer_isMountedForReadingOnly() throws IOException {
        expect(0, "vzctl", "stop", CONTAINER);

        assertThat(expect(0, "vzpkg", "list", "-p", CONTAINER).data()).contains("systemd.amd64 ");
        expect(0, "vzpkg", "status", CONTAINER);
        expect(0, "vzpkg", "sync_vzpackages", CONTAINER);
        expect(15, "vzpkg", "install", CONTAINER, "nginx");
        assertThat(Mounts.isMountPoint(root.resolve("vz/root/490"))).isFalse();
    }

    private static int inside(String command) {
        return tools.run("vzctl", "exec2", CONTAINER, command).code();
    }

    private static ToolRun.Result expect(int code, String... words) {
        ToolRun.Result result = tools.run(words);
        assertThat(result.code())
                .as(String.join(" ", words) + "\n" + result.text())
                .isEqualTo(code);
        return result;
    }
}
