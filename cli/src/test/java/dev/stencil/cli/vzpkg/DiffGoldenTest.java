package dev.stencil.cli.vzpkg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.cli.ToolRun;
import dev.stencil.fixtures.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code vzpkg diff} says of two generations that share a layer, byte for byte. */
class DiffGoldenTest {
    private static final String CACHES = "vz/template/stencil/caches/debian-12-x86_64/";
    private static final String LAYERS = "vz/template/stencil/layers/";
    private static final String SHARED = "a".repeat(64);

    @TempDir
    Path root;

    @BeforeEach
    void makeGenerations() throws IOException {
        new SmallArea(root);
        layer(SHARED, "etc/same", "same\n");
        layer("b".repeat(64), "etc/motd", "hello\n");
        layer("b".repeat(64), "usr/old file", "gone\n");
        layer("c".repeat(64), "etc/motd", "good evening\n");
        layer("c".repeat(64), "usr/bin/new", "new\n");
        generation(1, "b".repeat(64), "bash 5.1 amd64\nlibc6 2.36-9 amd64\nold 1.0 all\n");
        generation(2, "c".repeat(64), "bash 5.1 amd64\nlibc6 2.36-10 amd64\nnew 1.0 all\n");
        Files.createSymbolicLink(root.resolve(CACHES + "current"), Path.of("0002"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "text, diff debian-12-x86_64@1 debian-12-x86_64",
        "json, diff --json debian-12-x86_64@1 debian-12-x86_64@2",
        "equal, diff debian-12@2 .debian-12-x86_64",
        "equal-json, diff --json debian-12@2 debian-12",
        "no-generation, diff debian-12@7 debian-12",
        "not-cached, diff old-1 debian-12",
        "no-number, diff debian-12@x debian-12",
        "no-lock, diff debian-12@r3 debian-12",
        "one, diff debian-12",
        "help, diff --help",
    })
    void printsAs(String name, String line) {
        String text = new ToolRun(root).run(("vzpkg " + line).split(" ")).text();
        Golden.check("vzpkg-diff-" + name, text.replaceAll("\"([ug])id\": \\d+", "\"$1id\": 0"));
    }

    @Test
    void aLock_isComparedByItsPackagesAlone() throws IOException {
        try (var example = DiffGoldenTest.class.getResourceAsStream("/lock/appendix-b.lock")) {
            Files.write(
                    root.resolve("some.lock"),
                    java.util.Objects.requireNonNull(example, "the example").readAllBytes());
        }

        ToolRun.Result result =
                new ToolRun(root).run("vzpkg", "diff", root.resolve("some.lock").toString(), "debian-12-x86_64");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.data())
                .contains("~ libc6:amd64  2.36-9+deb12u14 -> 2.36-10\n", "+ bash:amd64  5.1\n")
                .doesNotContain("/etc");
    }

    private void generation(int number, String layer, String packages) throws IOException {
        var manifest = new StringBuilder("format = 1\ntemplate = \"debian-12-x86_64\"\nbuilt = 2026-03-04T05:06:07Z\n"
                + "stencil = \"0\"\npackage_manager = \"dpkgx64\"\nlayers = []\nfiles = 1\nsize = 1\n");
        packages.lines()
                .map(line -> line.split(" "))
                .forEach(words -> manifest.append(
                        "\n[[package]]\nname = \"%s\"\nversion = \"%s\"\narch = \"%s\"\n".formatted((Object[]) words)));
        write(CACHES + "000" + number + "/generation.toml", manifest.toString());
        write(CACHES + "000" + number + "/layers", SHARED + "\n" + layer + "\n");
    }

    private void layer(String digest, String path, String text) throws IOException {
        write(LAYERS + digest + "/fs/" + path, text);
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        for (Path made = file.getParent(); !made.equals(root); made = made.getParent()) {
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
