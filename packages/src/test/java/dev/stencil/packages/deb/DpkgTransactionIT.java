package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.fixtures.DebianRoot;
import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import dev.stencil.linux.Root;
import dev.stencil.packages.PackageDrop;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Resolution.Step.Configure;
import dev.stencil.packages.Resolution.Step.Remove;
import dev.stencil.packages.Resolution.Step.Unpack;
import dev.stencil.packages.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real dpkg in a root that mmdebstrap made, entered by chroot. */
class DpkgTransactionIT {
    private static final HostPrograms PROGRAMS = new HostPrograms();

    private static Path work;
    private static Path root;
    private static final Map<PackageName, Path> FILES = new HashMap<>();

    @BeforeAll
    static void makeRoot() throws IOException {
        work = Files.createTempDirectory(Path.of("/var/tmp"), "stencil-dpkg-transaction");
        root = work.resolve("root");
        Path kept = new DebianRoot("bookworm", "essential", "").kept();
        PROGRAMS.run(Program.of("cp", "-a", kept.toString(), root.toString())).orThrow();
    }

    @AfterAll
    static void removeRoot() throws IOException {
        try (Root parent = Root.open(work.getParent())) {
            parent.deleteTree(work.getFileName().toString());
        }
    }

    @Test
    void carryOut_unpacksAndConfiguresInTheOrderOfThePlan() throws IOException {
        var lib = deb("tiny-lib", "1:2.0", "", "echo lib >> /configured");
        var app = deb("tiny-app", "1", "Depends: tiny-lib\n", "echo app >> /configured");

        carryOut(List.of(lib, app), new Unpack(app), new Unpack(lib), new Configure(lib), new Configure(app));

        assertThat(root.resolve("configured")).hasContent("lib\napp\n");
        assertThat(status("tiny-app")).isEqualTo("ii  1");
        assertThat(status("tiny-lib")).isEqualTo("ii  1:2.0");
        assertThat(root.resolve(PackageDrop.NAME)).doesNotExist();
    }

    @Test
    void carryOut_processesTriggersAtTheEnd() throws IOException {
        var interested = deb(
                "tiny-trigger",
                "1",
                "",
                """
                [ "$1" = triggered ] && echo "$2" > /triggered; true""",
                Map.of("triggers", "interest /usr/share/tiny-plug\n"));
        var plug = deb("tiny-plug", "1", "", "true");

        carryOut(List.of(interested), new Unpack(interested), new Configure(interested));
        carryOut(List.of(plug), new Unpack(plug), new Configure(plug));

        assertThat(root.resolve("triggered")).hasContent("/usr/share/tiny-plug\n");
        assertThat(status("tiny-trigger")).isEqualTo("ii  1");
    }

    @Test
    void carryOut_keepsAConfigurationFileThatWasChangedByHand() throws IOException {
        var old = deb("tiny-conf", "1", "", "true", Map.of("conffiles", "/etc/tiny-conf\n"));
        carryOut(List.of(old), new Unpack(old), new Configure(old));
        Files.writeString(root.resolve("etc/tiny-conf"), "by hand\n");

        var young = deb("tiny-conf", "2", "", "true", Map.of("conffiles", "/etc/tiny-conf\n"));
        carryOut(List.of(young), new Unpack(young), new Configure(young));

        assertThat(status("tiny-conf")).isEqualTo("ii  2");
        assertThat(root.resolve("etc/tiny-conf")).hasContent("by hand\n");
    }

    @Test
    void carryOut_failsWithDpkgsWordsAndCleansUp_whenAMaintainerScriptFails() throws IOException {
        var broken = deb("tiny-broken", "1", "", "echo the disk is made of cheese >&2; exit 7");

        assertThatThrownBy(() -> carryOut(List.of(broken), new Unpack(broken), new Configure(broken)))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.PACKAGE_MANAGER))
                .hasMessageContaining("dpkg could not configure tiny-broken")
                .hasMessageContaining("the disk is made of cheese")
                .hasMessageContaining("exit status 7");
        assertThat(root.resolve(PackageDrop.NAME)).doesNotExist();

        carryOut(List.of(), new Remove(broken));
        assertThat(root.resolve("usr/share/tiny-broken")).doesNotExist();
    }

    @Test
    void carryOut_removesWhatAKilledRunLeftAndIsNotLedOutsideByALink() throws IOException {
        var outside = Files.createDirectories(work.resolve("outside"));
        Files.createSymbolicLink(root.resolve(PackageDrop.NAME), outside);
        var plain = deb("tiny-plain", "1", "", "ls -A / > /seen; stat -c '%a %u' /" + PackageDrop.NAME + " >> /seen");

        carryOut(List.of(plain), new Unpack(plain), new Configure(plain));

        assertThat(outside).isEmptyDirectory();
        assertThat(root.resolve("seen")).content().contains(PackageDrop.NAME).endsWith("700 0\n");
        assertThat(root.resolve(PackageDrop.NAME)).doesNotExist();
    }

    @Test
    void carryOut_refusesToRemoveWhatSomethingStillNeeds() throws IOException {
        var needed = deb("tiny-needed", "1", "", "true");
        var needs = deb("tiny-needs", "1", "Depends: tiny-needed\n", "true");
        carryOut(
                List.of(needed, needs),
                new Unpack(needed),
                new Unpack(needs),
                new Configure(needed),
                new Configure(needs));

        assertThatThrownBy(() -> carryOut(List.of(), new Remove(needed)))
                .hasMessageContaining("tiny-needs")
                .hasMessageContaining("depends on tiny-needed");

        carryOut(List.of(), new Remove(needs), new Remove(needed));
        assertThat(root.resolve("usr/share/tiny-needed")).doesNotExist();
    }

    // ---- helpers
    // -------------------------------------------------------------------------------------------------------

    private static void carryOut(List<PackageName> install, Resolution.Step... steps) {
        List<PackageFile> files = new ArrayList<>();
        for (PackageName name : install) {
            files.add(new PackageFile(name, URI.create("file:/" + name.name()), 1, Digest.of(new byte[0])));
        }
        var plan = new Resolution(files, List.of(), List.of(), List.of(steps));
        new DpkgTransaction(new Chroot(root), Map.of(), file -> FILES.get(file.name())).carryOut(plan, Progress.NONE);
    }

    private static String status(String name) throws IOException {
        return PROGRAMS.run(Program.of(
                        "chroot", root.toString(), "dpkg-query", "-W", "-f", "${db:Status-Abbrev} ${Version}", name))
                .orThrow()
                .text();
    }

    private static PackageName deb(String name, String version, String fields, String postinst) throws IOException {
        return deb(name, version, fields, postinst, Map.of());
    }

    /** A package with a file in /usr/share and one in /etc. */
    private static PackageName deb(
            String name, String version, String fields, String postinst, Map<String, String> controlFiles)
            throws IOException {
        Path tree = Files.createTempDirectory(work, name);
        Path control = Files.createDirectories(tree.resolve("DEBIAN"));
        Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(
                control.resolve("control"),
                "Package: " + name + "\nVersion: " + version
                        + "\nArchitecture: all\nMaintainer: Nobody <nobody@invalid>\n" + fields
                        + "Description: tiny\n");
        Files.writeString(control.resolve("postinst"), "#!/bin/sh\n" + postinst + "\n");
        Files.setPosixFilePermissions(control.resolve("postinst"), PosixFilePermissions.fromString("rwxr-xr-x"));
        for (var extra : controlFiles.entrySet()) {
            Files.writeString(control.resolve(extra.getKey()), extra.getValue());
        }
        Files.createDirectories(tree.resolve("usr/share").resolve(name));
        Files.writeString(Files.createDirectories(tree.resolve("etc")).resolve(name), "from version " + version + "\n");
        Path file = work.resolve(name + version.replace(":", "-") + ".deb");
        PROGRAMS.run(Program.of("dpkg-deb", "--root-owner-group", "--build", tree.toString(), file.toString()))
                .orThrow();
        var packageName = new PackageName(name, version, "all");
        FILES.put(packageName, file);
        return packageName;
    }

    private record Chroot(Path root) implements Target {
        @Override
        public int idShift() {
            return 0;
        }

        @Override
        public Finished run(Program program) throws IOException {
            List<String> argv = new ArrayList<>(List.of("chroot", root.toString()));
            argv.addAll(program.argv());
            var outside = Program.of("chroot")
                    .env(program.environment())
                    .output(program.output())
                    .errors(program.errors());
            return PROGRAMS.run(outside.args(argv.subList(1, argv.size())));
        }
    }
}
