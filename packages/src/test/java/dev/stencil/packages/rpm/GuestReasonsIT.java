package dev.stencil.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.PlainDnf;
import dev.stencil.fixtures.PlainZypper;
import dev.stencil.fixtures.TestDistribution;
import dev.stencil.host.Progress;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.BuildHooks;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What a root's own dnf and zypper are told, judged by the real dnf. */
class GuestReasonsIT {
    private static final String HISTORY = "var/lib/dnf/history.sqlite";
    private static final String AUTOMATIC = "var/lib/zypp/AutoInstalled";
    private static final String DNF_5 = "usr/lib/sysimage/libdnf5";

    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path temporary;

    private RpmWorld world;

    @BeforeEach
    void open() throws IOException {
        world = RpmWorld.in(temporary);
    }

    @Test
    void whatCameAsADependency_goesWithWhatNeedsIt() throws IOException {
        Path root = make("root", List.of("usr/bin/dnf", "usr/bin/zypper"));

        assertThat(dnf(root, "repoquery", "--userinstalled", "--qf", "%{name}"))
                .contains("bash", "fx-weak", "rpm")
                .doesNotContain("fx-recommended", "filesystem", "libc6", "setup");
        assertThat(dnf(root, "remove", "--assumeno", "fx-weak"))
                .anyMatch(line -> line.strip().startsWith("fx-recommended"));
        assertThat(PlainZypper.on(root, temporary.resolve("plain"), "9")
                        .run("remove", "--clean-deps", "--dry-run", "fx-weak")
                        .text())
                .contains("fx-recommended fx-weak");
        assertThat(root.resolve(AUTOMATIC))
                .content()
                .contains("fx-recommended\n", "libc6\n")
                .doesNotContain("fx-weak\n", "bash\n");
    }

    @Test
    void itIsTheSameEachTime_andOneFile() throws IOException {
        Path first = make("first", List.of("usr/bin/dnf"));
        Path second = make("second", List.of("usr/bin/dnf"));

        assertThat(Files.mismatch(first.resolve(HISTORY), second.resolve(HISTORY)))
                .isEqualTo(-1);
        try (var files = Files.list(first.resolve("var/lib/dnf"))) {
            assertThat(files).hasSize(1);
        }
        assertThat(first.resolve(AUTOMATIC)).doesNotExist();
    }

    /** No dnf 5 can be had where the tests run: that its files are as libdnf5 writes them, {@link Dnf5MemoryTest} sees. */
    @Test
    void dnf5_isToldInItsOwnFiles_andOnlyThere() throws IOException {
        Path root = make("root", List.of("usr/bin/dnf5", "usr/bin/dnf -> dnf5"));

        Dnf5Table packages = Dnf5Table.parse("packages", Files.readString(root.resolve(DNF_5 + "/packages.toml")));
        assertThat(packages.rows().get("bash.x86_64")).containsEntry("reason", "User");
        assertThat(packages.rows().get("fx-weak.noarch")).containsEntry("reason", "User");
        assertThat(packages.rows().get("fx-recommended.noarch")).containsEntry("reason", "Dependency");
        assertThat(packages.rows().get("libc6.x86_64")).containsEntry("reason", "Dependency");
        Dnf5Table builds = Dnf5Table.parse("nevras", Files.readString(root.resolve(DNF_5 + "/nevras.toml")));
        assertThat(builds.rows().keySet()).containsExactlyInAnyOrderElementsOf(builds(root));
        assertThat(packages.rows()).hasSameSizeAs(builds.rows());
        assertThat(root.resolve(HISTORY)).doesNotExist();
    }

    @Test
    void dnf5_beginsWithWhatDnf4Remembers() throws IOException {
        Path root = make("root", List.of("usr/bin/dnf", "usr/bin/dnf5"));

        assertThat(root.resolve(HISTORY)).exists();
        assertThat(root.resolve(DNF_5)).doesNotExist();
    }

    @Test
    void aRootWithoutTheseTools_getsNoFileOfTheirs() throws IOException {
        Path root = make("root", List.of());

        assertThat(root.resolve(HISTORY)).doesNotExist();
        assertThat(root.resolve(AUTOMATIC)).doesNotExist();
        assertThat(root.resolve(DNF_5)).doesNotExist();
    }

    /** As dnf 5 names what is installed: without an epoch of 0. */
    private List<String> builds(Path root) throws IOException {
        return PlainDnf.on(root, temporary.resolve("plain"), "9")
                .rpm()
                .rpm("-qa", "--qf", "%{NAME}-%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}.%{ARCH}\\n")
                .text()
                .lines()
                .toList();
    }

    /** The tools are but their names: the distribution has neither. */
    private Path make(String name, List<String> tools) throws IOException {
        PackageSource source = world.release9();
        Path root = Files.createDirectory(temporary.resolve(name));
        Resolution resolution = world.resolve(source, TestDistribution.MINI + " fx-weak");
        BuildHooks hooks = withTools(tools);
        world.manager.fetch(source, resolution, Progress.NONE);
        world.manager.populate(source, root, resolution, hooks, Progress.NONE);
        return root;
    }

    private static BuildHooks withTools(List<String> tools) {
        return new BuildHooks() {
            @Override
            public Instant clock() {
                return RpmWorld.NO_HOOKS.clock();
            }

            @Override
            public void beforePackages(Path root) {}

            @Override
            public void afterBootstrap(Path root, ProgramRunner inside) {}

            @Override
            public void afterPackages(Path root, ProgramRunner inside) {
                try {
                    for (String tool : tools) {
                        String[] link = tool.split(" -> ");
                        if (link.length == 2) {
                            Files.createSymbolicLink(root.resolve(link[0]), Path.of(link[1]));
                        } else {
                            Files.writeString(root.resolve(tool), "");
                        }
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    private List<String> dnf(Path root, String... arguments) throws IOException {
        return PlainDnf.on(root, temporary.resolve("plain"), "9")
                .repository("os", world.distribution.url() + "/9/os", world.distribution.key())
                .run(arguments)
                .text()
                .lines()
                .toList();
    }
}
