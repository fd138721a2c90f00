package dev.stencil.cli.vzpkg.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.cli.ToolRun;
import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.fixtures.lane.NotAffectedBy;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code create image}: what e2fsprogs find in the file. */
@NotAffectedBy("container")
class CreateImageIT {
    @TempDir
    Path temporary;

    private ToolRun tool;
    private Path image;

    @BeforeEach
    void makeHost() throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        TinyRepository repository = TinyRepository.in(temporary.resolve("archive"))
                .addBase()
                .add(TinyPackage.named("hello").file("/usr/share/hello", "hello\n"))
                .publish();
        Path root = temporary.resolve("host");
        TinyHost.in(root, repository.record(), repository.keyring(), "tiny-base hello");
        Files.writeString(root.resolve("etc/vz/conf/vps.vzpkgtools.conf-sample"), "DISKSPACE=\"204800:262144\"\n");
        tool = new ToolRun(root);
        image = temporary.resolve("small.img");
    }

    @AfterEach
    void removeTrees() throws IOException {
        try (Root directory = Root.open(temporary)) {
            directory.deleteTree("host/vz");
        }
    }

    @Test
    void theImageHoldsTheSystem_ofTheSizeThatTheSampleSays() throws IOException {
        assertThat(code("create", "image", ".tiny-1-x86_64", image.toString())).isZero();

        assertThat(Files.size(image)).isEqualTo(262144L << 10);
        assertThat(output("debugfs", "-R", "cat /usr/share/hello", image.toString()))
                .isEqualTo("hello\n");
        assertThat(output("debugfs", "-R", "stat /usr/bin/dpkg", image.toString()))
                .contains("Mode:  0755");
        assertThat(output("e2fsck", "-fn", image.toString())).contains("small.img: ");
        assertThat(temporary.toFile().list()).doesNotContain(".image");

        Path second = temporary.resolve("second.img");
        assertThat(code("create", "image", "tiny-1-x86_64", second.toString())).isZero();
        assertThat(identity(second)).isNotEqualTo(identity(image));
    }

    @Test
    void whatExistsStays_andWrongOperandsAreRefused() throws IOException {
        Files.writeString(image, "mine");

        assertThat(code("create", "image", "tiny-1-x86_64", image.toString())).isEqualTo(1);
        assertThat(image).hasContent("mine");
        assertThat(code("create", "image", "tiny-1-x86_64", temporary + "/nowhere/x"))
                .isEqualTo(1);
        assertThat(code("create", "image", "nowhere-1", temporary + "/x")).isEqualTo(24);
        assertThat(code("create", "image", "tiny-1-x86_64")).isEqualTo(35);
        assertThat(code("create", "image", "tiny-1-x86_64", temporary + "/x", "more"))
                .isEqualTo(35);
    }

    private int code(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "vzpkg";
        System.arraycopy(words, 0, all, 1, words.length);
        return tool.run(all).code();
    }

    private static String identity(Path file) throws IOException {
        return output("blkid", "-o", "value", "-s", "UUID", file.toString());
    }

    private static String output(String program, String... words) throws IOException {
        return new HostPrograms().run(Program.of(program, words)).orThrow().text();
    }
}
