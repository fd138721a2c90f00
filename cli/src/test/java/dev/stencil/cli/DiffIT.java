package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code vzpkg diff} of real caches and a real container, whose files belong to other users on the host. */
class DiffIT {
    private static final String TEMPLATE = "tiny-1-x86_64";
    private static final String CONTAINER = "388";

    private Path directory;
    private Path root;
    private TinyRepository repository;

    @BeforeEach
    void makeHost() throws IOException {
        Path parent = Files.createDirectories(Path.of("/var/tmp/stencil-tests"));
        directory = Files.createTempDirectory(
                parent, "diff-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        repository = TinyRepository.in(directory.resolve("archive"))
                .addBase()
                .add(hello("1.0"))
                .publish();
        String record = "file:" + repository.directory() + " tiny main";
        root = TinyHost.in(directory.resolve("host"), record, repository.keyring(), "tiny-base hello")
                .root();
    }

    private static TinyPackage hello(String version) {
        return TinyPackage.named("hello").version(version).file("/usr/share/hello/version", version + "\n");
    }

    @AfterEach
    void removeHost() throws IOException {
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
    void cachesAndContainers_differByWhatWasChangedInThem() throws IOException {
        succeed("vzpkg", "create", "cache", TEMPLATE);
        succeed("vzctl", "create", CONTAINER, "--ostemplate", TEMPLATE);

        assertThat(run("vzpkg", "diff", TEMPLATE, TEMPLATE).text()).isEqualTo("--- exit 0\n");
        assertThat(run("vzpkg", "diff", TEMPLATE, CONTAINER).data()).isEmpty();

        succeed("vzctl", "mount", CONTAINER);
        Path inside = root.resolve("vz/root/" + CONTAINER);
        Files.writeString(inside.resolve("usr/share/hello/version"), "edited\n");
        Files.setPosixFilePermissions(inside.resolve("usr/share/hello"), PosixFilePermissions.fromString("rwx------"));
        assertThat(run("vzpkg", "diff", TEMPLATE, CONTAINER).data())
                .isEqualTo("~ /usr/share/hello  mode 0755 -> 0700\n~ /usr/share/hello/version  content\n");
        succeed("vzctl", "umount", CONTAINER);

        repository.add(hello("2.0")).publish();
        succeed("vzpkg", "update", "cache", "-r", TEMPLATE);
        ToolRun.Result newer = run("vzpkg", "diff", CONTAINER, TEMPLATE);

        assertThat(newer.code()).isEqualTo(1);
        assertThat(newer.data())
                .startsWith("~ hello:all  1.0 -> 2.0\n")
                .contains("~ /usr/share/hello  mode 0700 -> 0755\n", "~ /usr/share/hello/version  content\n");

        ToolRun.Result locks = run("vzpkg", "lock", "diff", CONTAINER, TEMPLATE);
        assertThat(locks.code()).as(locks.text()).isEqualTo(1);
        assertThat(locks.data())
                .as("packages only")
                .isEqualTo("container " + CONTAINER + "  ->  " + TEMPLATE + "\n~ hello:all  1.0 -> 2.0\n"
                        + "0 added, 0 removed, 1 changed\n");
        assertThat(run("vzpkg", "lock", "diff", CONTAINER, CONTAINER).text()).isEqualTo("--- exit 0\n");
    }

    private ToolRun.Result run(String... words) {
        return new ToolRun(root).run(words);
    }

    private void succeed(String... words) {
        ToolRun.Result result = run(words);
        assertThat(result.code()).as(result.text()).isZero();
    }
}
