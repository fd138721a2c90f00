package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.host.Digest;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import dev.stencil.linux.Root;
import dev.stencil.linux.TreeWriter;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As root, because the database's files are root's. What is written is read by the real dpkg-query. */
class DpkgDatabaseIT {
    @TempDir
    Path directory;

    private Root root;

    @BeforeEach
    void open() throws IOException {
        root = Root.open(directory);
    }

    @AfterEach
    void close() {
        root.close();
    }

    private static DebPackage deb(String name, String fields, Map<String, String> controlFiles) {
        var control = Paragraph.parseAll("Package: " + name + "\nVersion: 1\nArchitecture: amd64\nMaintainer: x\n"
                        + fields + "Description: d\n long\n")
                .getFirst();
        var file = new PackageFile(
                new PackageName(name, "1", "amd64"), URI.create("file:/" + name), 1, Digest.of(new byte[0]));
        List<DebArchive.ControlFile> members = controlFiles.entrySet().stream()
                .map(one -> new DebArchive.ControlFile(
                        one.getKey(), one.getValue().getBytes(StandardCharsets.UTF_8), 0x1ED, 1_700_000_000L))
                .toList();
        return new DebPackage(file, Path.of("/" + name), control, members);
    }

    private String read(String file) throws IOException {
        return root.readText("var/lib/dpkg/" + file).orElseThrow();
    }

    @Test
    void anUnpackedPackage_isWhatDpkgTakesItFor() throws IOException {
        DebPackage lib = deb("lib", "Multi-Arch: same\n", Map.of("postinst", "#!/bin/sh\n"));
        DebPackage app = deb(
                "app",
                "Conffiles: forged\n",
                Map.of("conffiles", "/etc/app.conf\nremove-on-upgrade /etc/old\n", "md5sums", ""));
        var database = new DpkgDatabase(root);
        database.create("amd64", List.of("i386"));

        try (var writer = new TreeWriter(root)) {
            database.writeControlFiles(List.of(lib, app), writer);
            database.addUnpacked(
                    List.of(
                            new UnpackedPackage(lib, List.of("/.", "/usr"), Map.of(), "0123  usr/x\n"),
                            new UnpackedPackage(app, List.of("/.", "/etc", "/etc/app.conf"), Map.of(), "")),
                    writer);
        }

        assertThat(read("arch")).isEqualTo("amd64\ni386\n");
        assertThat(read("info/format")).isEqualTo("1\n");
        assertThat(read("info/lib:amd64.list")).isEqualTo("/.\n/usr\n");
        assertThat(read("info/lib:amd64.md5sums")).isEqualTo("0123  usr/x\n");
        assertThat(Files.isExecutable(directory.resolve("var/lib/dpkg/info/lib:amd64.postinst")))
                .isTrue();
        assertThat(read("status"))
                .contains(
                        """
                Conffiles:
                 /etc/app.conf newconffile
                 /etc/old newconffile remove-on-upgrade
                """)
                .doesNotContain("forged");
        assertThat(new HostPrograms()
                        .run(Program.of(
                                "dpkg-query",
                                "--root=" + directory,
                                "-W",
                                "-f=${Package} ${db:Status-Abbrev} ${Version}\n"))
                        .orThrow()
                        .text())
                .isEqualTo("app iU  1\nlib iU  1\n");
    }

    @Test
    void automaticPackages_areMarkedAsAptDoes() throws IOException {
        var database = new DpkgDatabase(root);
        database.create("amd64", List.of());
        List<PackageSet.Member> packages =
                List.of(PackageSet.Member.of(deb("lib", "", Map.of())), PackageSet.Member.of(deb("app", "", Map.of())));

        database.markAutomatic(packages, Set.of("lib"), "amd64");
        assertThat(root.exists("var/lib/apt/extended_states"))
                .as("a root without apt")
                .isFalse();

        Files.createDirectories(directory.resolve("var/lib/apt"));
        database.markAutomatic(packages, Set.of("lib"), "amd64");
        assertThat(root.readText("var/lib/apt/extended_states"))
                .contains("Package: lib\nArchitecture: amd64\nAuto-Installed: 1\n\n");
    }

    @Test
    void triggers_keepInterestsAndNoteWhatIsSetOff() throws IOException {
        new DpkgDatabase(root).create("amd64", List.of());
        DebPackage man =
                deb("man", "", Map.of("triggers", "# comment\ninterest-noawait /usr/share/man\ninterest reindex\n"));
        DebPackage page = deb(
                "page", "", Map.of("triggers", "activate-noawait reindex\nactivate nobody-cares\ninterest ../evil\n"));

        Triggers.read(root).addInterests(List.of(man));
        Triggers triggers = Triggers.read(root);
        triggers.addInterests(List.of(page));
        triggers.activate(List.of(new UnpackedPackage(
                page,
                List.of("/.", "/usr", "/usr/share", "/usr/share/man", "/usr/share/man/x", "/usr/share/manual"),
                Map.of(),
                "")));

        assertThat(read("triggers/File")).isEqualTo("/usr/share/man man/noawait\n");
        assertThat(read("triggers/reindex")).isEqualTo("man\n");
        assertThat(read("triggers/Unincorp").lines()).containsExactlyInAnyOrder("reindex -", "/usr/share/man -");
        assertThat(root.list("var/lib/dpkg/triggers")).containsExactly("File", "Unincorp", "reindex");
    }

    @Test
    void claims_findWhatDpkgMustDecide() {
        var claims = new Claims(Map.of("bin", "usr/bin"), _ -> false);
        claims.directory("/usr", "a");
        claims.directory("/usr", "b");
        claims.file("/usr/bin/x", "a");
        assertThat(claims.takeConflict()).isEmpty();

        claims.file("/bin/x", "b");
        assertThat(claims.takeConflict()).get().asString().contains("/bin/x", "a", "b");

        claims.file("/usr", "c");
        assertThat(claims.takeConflict()).get().asString().contains("directory");
        assertThat(claims.takeConflict()).isEmpty();
    }
}
