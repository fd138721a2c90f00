package dev.stencil.packages.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.template.PackageManagerType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where tools come from, by what hosts and trees have; programs are files here that only tell their version. */
class ToolChoiceTest {
    private static final PackageManagerType DNF = PackageManagerType.RPM;

    @TempDir
    Path directory;

    private final List<String> notes = new ArrayList<>();
    private Tree host;

    @BeforeEach
    void makeHost() throws IOException {
        host = new Tree("host");
    }

    @Test
    void host_isUsed_silently_whenItHasAll() throws IOException {
        host.program("rpm", "RPM version 4.18.0").dnf("4.14.0");

        assertThat(choose(DNF, new ToolsTrees.Ready(full("other"))).tree()).isEqualTo(host.tree());
        assertThat(notes).isEmpty();
    }

    @Test
    void cachedTree_isUsed_andNamed_whenTheHostHasNothing() throws IOException {
        assertThat(choose(DNF, new ToolsTrees.Ready(full("good"))).tree().name())
                .isEqualTo("good");
        assertThat(notes).containsExactly("Using dnf, rpm of tools tree good");
    }

    @Test
    void tree_isUsed_whenAToolOfTheHostIsTooOld() throws IOException {
        host.program("rpm", "RPM version 4.11.3").dnf("4.14.0");

        assertThat(choose(DNF, new ToolsTrees.Ready(full("good"))).tree().name())
                .isEqualTo("good");
    }

    @Test
    void versionsAreNumbers_notText() throws IOException {
        host.program("rpm", "RPM version 4.9.1").dnf("4.14.0");

        assertThatThrownBy(() -> choose(DNF)).hasMessageContaining("rpm 4.9.1, which is older than 4.15");
    }

    @Test
    void rpmIsNotRun_whereAFileTellsItsVersion() throws IOException {
        host.program("rpm", "nothing to be read").aliasesOfRpm("4.9.1").dnf("4.14.0");
        assertThatThrownBy(() -> choose(DNF)).hasMessageContaining("rpm 4.9.1, which is older than 4.15");

        Tree good = new Tree("1.2").program("rpm", "nothing to be read");
        assertThat(choose(
                                DNF,
                                new ToolsTrees.Ready(good.aliasesOfRpm("4.18.0")
                                        .dnf("4.14.0")
                                        .tree()))
                        .tree()
                        .name())
                .isEqualTo("1.2");
    }

    @Test
    void treeThatLacksSomething_isPassedOver_forOneThatHasAll() throws IOException {
        var half = new Tree("half").program("rpm", "RPM version 4.18.0");

        Chosen chosen = choose(DNF, new ToolsTrees.Ready(half.tree()), new ToolsTrees.Ready(full("good")));

        assertThat(chosen.tree().name()).isEqualTo("good");
    }

    @Test
    void cachedTree_goesBeforeOneThatMustBeMade() throws IOException {
        host.program("apt-get", "apt 2.6.1 (amd64)").program("gpgv", "gpgv (GnuPG) 2.2.40");

        Chosen chosen =
                choose(DNF, buildable("new", PackageManagerType.DPKG, "dnf"), new ToolsTrees.Ready(full("good")));

        assertThat(chosen.tree().name()).isEqualTo("good");
    }

    @Test
    void tree_isMade_byWhatTheHostHas() throws IOException {
        host.program("apt-get", "apt 2.6.1 (amd64)").program("gpgv", "gpgv (GnuPG) 2.2.40");

        assertThat(choose(DNF, buildable("new", PackageManagerType.DPKG, "apt", "dnf"))
                        .tree()
                        .name())
                .isEqualTo("new");
        assertThat(notes)
                .containsExactly(
                        "Making tools tree new, for this host has no dnf and no rpm",
                        "Using dnf, rpm of tools tree new");
    }

    @Test
    void tree_isNotMade_byWhatTheHostLacks() {
        assertThatThrownBy(() -> choose(DNF, buildable("new", DNF, "dnf")))
                .isInstanceOf(StencilException.class)
                .hasMessageContaining("new cannot be made, for this host has no dnf and no rpm");
    }

    @Test
    void tree_isNotMade_whenItsPackagesWouldNotBringTheTools() throws IOException {
        host.program("apt-get", "apt 2.6.1 (amd64)").program("gpgv", "gpgv (GnuPG) 2.2.40");

        assertThatThrownBy(() -> choose(DNF, buildable("new", PackageManagerType.DPKG, "apt")))
                .hasMessageContaining("the packages of new do not name dnf, rpm");
    }

    @Test
    void failureTellsWhatIsMissing_whatWasTried_andWhatToDo() {
        assertThatThrownBy(() -> choose(PackageManagerType.DPKG, new ToolsTrees.Unusable("/srv/x", "is empty")))
                .hasMessage("Templates of the family dpkg need apt, gpgv. This host has no apt and no gpgv; /srv/x is "
                        + "empty. Install them, or name a directory or a template that has them in TOOLS_TREE of "
                        + "vztt.conf.");
    }

    @Test
    void upperLayer_bringsWhatALowerOneLacks() throws IOException {
        var lower = new Tree("lower").program("rpm", "RPM version 4.18.0");
        var upper = new Tree("upper").dnf("4.14.0");
        var both = new ToolsTree(
                "both",
                List.of(lower.tree().layers().getFirst(), upper.tree().layers().getFirst()));

        assertThat(choose(DNF, new ToolsTrees.Ready(both)).tree()).isEqualTo(both);
    }

    private record Chosen(ToolsTree tree) {}

    private Chosen choose(PackageManagerType family, ToolsTrees.Candidate... candidates) {
        var choice = new ToolChoice(
                new Versions(), host.tree(), () -> List.of(candidates), Notes::new, directory.resolve("state"));
        return new Chosen(choice.of(family).tree());
    }

    private ToolsTrees.Buildable buildable(String name, PackageManagerType family, String... packages)
            throws IOException {
        ToolsTree made = full(name);
        return new ToolsTrees.Buildable(name, family, List.of(packages), progress -> made);
    }

    private ToolsTree full(String name) throws IOException {
        return new Tree(name).program("rpm", "RPM version 4.18.0").dnf("4.14.0").tree();
    }

    private final class Tree {
        private final Path root;

        Tree(String name) throws IOException {
            this.root = Files.createDirectories(directory.resolve(name));
        }

        Tree program(String name, String version) throws IOException {
            Path file = Files.createDirectories(root.resolve("usr/bin")).resolve(name);
            Files.writeString(file, version + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            return this;
        }

        Tree aliasesOfRpm(String version) throws IOException {
            Files.createFile(
                    Files.createDirectories(root.resolve("usr/lib/rpm")).resolve("rpmpopt-" + version));
            return this;
        }

        Tree dnf(String version) throws IOException {
            program("python3", "Python 3.11.2");
            Path module = Files.createDirectories(root.resolve("usr/lib/python3.12/site-packages/dnf"));
            Files.writeString(module.resolve("const.py"), "DISTROVERPKG=()\nVERSION='" + version + "'\n");
            return this;
        }

        ToolsTree tree() {
            return new ToolsTree(String.valueOf(root.getFileName()), List.of(root));
        }
    }

    /** Answers {@code --version} of a program, on the host or in the tree whose layers the command names. */
    private final class Versions implements ProgramRunner {
        @Override
        public Finished run(Program program) throws IOException {
            String name = program.argv().get(program.argv().size() - 2);
            for (Path root : roots(program)) {
                Path file = root.resolve("usr/bin").resolve(name);
                if (Files.exists(file)) {
                    byte[] version = Files.readString(file).getBytes(StandardCharsets.UTF_8);
                    return new Finished(program, 0, false, version, "", Duration.ZERO);
                }
            }
            throw new IOException("cannot run " + name);
        }

        private List<Path> roots(Program program) {
            if (!program.name().equals("unshare")) {
                return host.tree().layers();
            }
            return List.of(program.argv().get(9).split(":")).stream()
                    .map(Path::of)
                    .toList();
        }

        @Override
        public Process start(Program program) throws IOException {
            throw new IOException("nothing is started here: " + program.shown());
        }
    }

    private final class Notes implements Progress {
        @Override
        public void stage(String title) {}

        @Override
        public void note(String line) {
            notes.add(line);
        }

        @Override
        public Task task(String what, long total, Unit unit) {
            return Progress.NONE.task(what, total, unit);
        }
    }
}
