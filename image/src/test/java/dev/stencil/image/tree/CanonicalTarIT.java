package dev.stencil.image.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.host.Digest;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Kernel;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What GNU tar makes of our stream is the tree it was made of. */
class CanonicalTarIT {
    private final HostPrograms host = new HostPrograms();

    @TempDir
    Path directory;

    private Path tree = Path.of("/");

    @BeforeEach
    void makeTree() throws IOException {
        tree = Files.createDirectory(directory.resolve("tree"));
        String deep = "d/" + "n".repeat(90) + "/" + "m".repeat(90);
        shell(
                """
                mkdir -p d %1$s sticky; chmod 1777 sticky; chmod 4755 d
                printf content > d/file; ln d/file d/e-same; ln d/file another; ln -s d/file link
                : > d-empty; head -c 100000 /dev/zero > %1$s/file
                printf x > %1$s/%2$s; ln -s %2$s%2$s long-link; ln %1$s/%2$s linked
                printf y > "$(printf 'b\\377ytes')"; printf z > 'ü blank'
                mkfifo pipe; mknod null c 1 3; mknod disk b 259 70000
                chown 12345:54321 d/file; chown -h 3000000:2 link; chown 4000000000:1 d-empty
                touch -d @1000000000.25 d/file; touch -d @-1.5 d-empty; touch -h -d @5 link
                """
                        .formatted(deep, "f".repeat(120)));
        Kernel.lsetxattr(tree.resolve("d/file").toString(), "user.b", new byte[] {0, 10, 61});
        Kernel.lsetxattr(tree.resolve("d/file").toString(), "user.a", "first".getBytes(StandardCharsets.UTF_8));
        Kernel.lsetxattr(tree.resolve("d").toString(), "trusted.overlay.impure", new byte[] {'y'});
    }

    private String shell(String commands) throws IOException {
        return host.run(Program.of("sh", "-ec", commands).in(tree)).orThrow().text();
    }

    private Path tar(TreeManifest manifest) throws IOException {
        Path file = directory.resolve("tree.tar");
        try (OutputStream out = Files.newOutputStream(file)) {
            new CanonicalTar(manifest, tree).write(out);
        }
        return file;
    }

    @Test
    void gnuTarUnpacksTheSameTree() throws IOException {
        TreeManifest manifest = TreeManifest.read(tree);
        Path unpacked = Files.createDirectory(directory.resolve("unpacked"));

        host.run(Program.of(
                                "tar",
                                "--xattrs",
                                "--xattrs-include=*",
                                "--numeric-owner",
                                "-xpf",
                                tar(manifest).toString())
                        .in(unpacked))
                .orThrow();

        assertThat(TreeManifest.read(unpacked).differencesTo(manifest))
                .extracting(TreeDifference::shown)
                .as("only the directory itself is not in the stream")
                .containsExactly(".: mtime");
    }

    @Test
    void gnuTarListsItInOneOrder_directoriesTogetherWithWhatIsInThem() throws IOException {
        List<String> lines = host.run(Program.of(
                        "tar",
                        "--numeric-owner",
                        "--quoting-style=escape",
                        "-tvf",
                        tar(TreeManifest.read(tree)).toString()))
                .orThrow()
                .text()
                .lines()
                .toList();

        assertThat(lines)
                .anyMatch(
                        line -> line.startsWith("hrw-r--r-- 12345/54321") && line.endsWith("d/e-same link to another"));
        assertThat(lines).anyMatch(line -> line.startsWith("-rw-r--r-- 12345/54321") && line.endsWith(" another"));
        assertThat(lines).anyMatch(line -> line.startsWith("crw-r--r-- 0/0") && line.contains("1,3"));
        assertThat(lines.getFirst()).endsWith(" another");
        assertThat(lines).noneMatch(line -> line.contains(" ./"));
    }

    @Test
    void theIdentityIsThatOfTheStream_andOfAnyEqualTree() throws IOException {
        TreeManifest manifest = TreeManifest.read(tree);
        CanonicalTar.Identity identity = new CanonicalTar(manifest, tree).identity();
        byte[] stream = Files.readAllBytes(tar(manifest));

        assertThat(identity).isEqualTo(new CanonicalTar.Identity(Digest.of(stream), stream.length));
        Path copy = directory.resolve("copy-with-another-name");
        host.run(Program.of("cp", "-a", tree.toString(), copy.toString())).orThrow();
        assertThat(new CanonicalTar(TreeManifest.read(copy), copy).identity()).isEqualTo(identity);
    }
}
