package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.RpmHost;
import dev.stencil.fixtures.TestDistribution;
import dev.stencil.fixtures.TinyHost;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A host with templates of the test distribution, and the tools on it as a user types them. */
abstract class RpmCommands {
    /** The two families: who decides is dnf for one and zypper for the other. */
    static final String DNF_TEMPLATE = "sfl-9-x86_64-minimal";

    static final String ZYPPER_TEMPLATE = "sflz-9-x86_64-minimal";

    Path directory = Path.of("");
    TestDistribution distribution;
    RpmHost host;
    ToolRun tools;
    private final List<String> containers = new ArrayList<>();

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
        for (String container : containers) {
            tools.run("vzctl", "stop", container, "--fast");
            tools.run("vzctl", "destroy", container);
        }
        for (Mounts.Mount mount : Mounts.current().reversed()) {
            if (mount.target().startsWith(directory)) {
                Mounts.detach(mount.target());
            }
        }
        try (Root parent = Root.open(directory.getParent())) {
            parent.deleteTree(directory.getFileName().toString());
        }
        PreparedHosts.requireUnchanged();
    }

    /** Has packages of the templates come from whatever release is asked for. */
    void followRelease(TinyHost... templates) throws IOException {
        for (TinyHost template : templates) {
            template.os("repositories", distribution.url() + "/$releasever/os\n");
        }
    }

    /** A cache of the template, and a container from it that is up. */
    void start(String container, String template) throws IOException {
        makeCache(template);
        containers.add(container);
        succeed("vzctl create " + container + " --ostemplate " + template);
        succeed("vzctl start " + container + " --wait");
    }

    /** What a host does first comes from another test that did the same, unless its repositories lie where only this test has them. */
    private void makeCache(String template) throws IOException {
        TinyHost os = template.equals(DNF_TEMPLATE) ? host.dnf9() : host.zypper9();
        boolean isOnDisk = Files.readString(os.osDirectory().resolve("repositories"))
                .lines()
                .allMatch(record -> record.startsWith(distribution.url()));
        if (isOnDisk && isUnused()) {
            PreparedHosts.prepare(directory, template, () -> succeed("vzpkg create cache " + template));
        } else {
            succeed("vzpkg create cache " + template);
        }
    }

    /** Every command writes a log. */
    private boolean isUnused() throws IOException {
        try (Stream<Path> logs = Files.list(directory.resolve("var/log"))) {
            return logs.findAny().isEmpty();
        }
    }

    /** What a command said on both streams. Words are divided by blanks. */
    String succeed(String words) {
        return end(words, 0);
    }

    /** As the other, of a command that ends with {@code code}. */
    String end(String words, int code) {
        ToolRun.Result result = tools.run(words.split(" "));
        assertThat(result.code()).as(words + ": " + result.text()).isEqualTo(code);
        return result.data() + result.messages();
    }

    /** By the runtime's own way in: what {@code vzctl exec} prints goes to the terminal of the test. */
    String inside(String container, String command) throws IOException {
        tools.run("vzctl", "exec", container, "(" + command + ") > /var/tmp/output 2>&1");
        return Files.readString(rootOf(container).resolve("var/tmp/output"));
    }

    Path rootOf(String container) {
        return directory.resolve("vz/root").resolve(container);
    }

    /** Adds lines to {@code vztt.conf}. */
    void configure(String lines) throws IOException {
        Files.writeString(directory.resolve("etc/vztt/vztt.conf"), lines + "\n");
    }
}
