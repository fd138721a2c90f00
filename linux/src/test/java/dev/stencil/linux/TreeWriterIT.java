package dev.stencil.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.linux.TreeWriter.Attributes;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As root: owners and nodes are real. */
class TreeWriterIT {
    private static final Attributes PLAIN = new Attributes(0, 0, 0x1A4, 1_700_000_000L, 0);

    @TempDir
    Path directory;

    private Root root;
    private TreeWriter writer;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectory(directory.resolve("root"));
        root = Root.open(directory.resolve("root"));
        writer = new TreeWriter(root);
    }

    @AfterEach
    void close() {
        writer.close();
        root.close();
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void file_hasContentOwnerModeAndTime() throws IOException {
        writer.file("f", bytes("hello"), 5, new Attributes(12, 34, 0xDED, 1_700_000_000L, 5));

        FileStatus status = root.status("f").orElseThrow();
        assertThat(root.readText("f")).contains("hello");
        assertThat(status.uid()).isEqualTo(12);
        assertThat(status.gid()).isEqualTo(34);
        assertThat(status.permissions()).as("setuid and setgid survive chown").isEqualTo(0xDED);
        assertThat(status.mtimeSeconds()).isEqualTo(1_700_000_000L);
    }

    @Test
    void file_replacesALinkAndLeavesItsTargetAlone() throws IOException {
        Path outside = Files.writeString(directory.resolve("outside"), "precious");
        root.symlink(outside.toString(), "f", Owner.ROOT);

        writer.file("f", bytes("new"), 3, PLAIN);

        assertThat(Files.readString(outside)).isEqualTo("precious");
        assertThat(root.readText("f")).contains("new");
    }

    @Test
    void parents_thatAreLinksAreFollowedInsideTheRootOnly() throws IOException {
        Files.createDirectory(directory.resolve("etc"));
        writer.directory("etc");
        root.symlink("/etc", "absolute", Owner.ROOT);
        root.symlink("../../etc", "upwards", Owner.ROOT);

        writer.file("absolute/a", bytes(""), 0, PLAIN);
        writer.file("upwards/b", bytes(""), 0, PLAIN);

        assertThat(root.list("etc")).containsExactly("a", "b");
        assertThat(directory.resolve("etc")).isEmptyDirectory();
    }

    @Test
    void directory_saysWhetherItWasMade() throws IOException {
        assertThat(writer.directory("d")).isTrue();
        assertThat(writer.directory("d")).isFalse();
        root.symlink("d", "l", Owner.ROOT);
        assertThat(writer.directory("l")).as("a link to a directory stays").isFalse();
        writer.file("f", bytes(""), 0, PLAIN);
        assertThatThrownBy(() -> writer.directory("f")).isInstanceOf(Errno.class);
    }

    @Test
    void file_refusesToReplaceADirectory() throws IOException {
        writer.directory("d");
        assertThatThrownBy(() -> writer.file("d", bytes(""), 0, PLAIN))
                .isInstanceOfSatisfying(Errno.class, e -> assertThat(e.number()).isEqualTo(Errno.EISDIR));
    }

    @Test
    void file_failsWhenTheArchiveEndsTooEarly() {
        assertThatThrownBy(() -> writer.file("f", bytes("abc"), 10, PLAIN))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("f");
    }

    @Test
    void linksNodesAndXattrs_areMadeAsAsked() throws IOException {
        writer.file("f", bytes("x"), 1, PLAIN);
        writer.hardLink("g", "f");
        writer.symlink("s", "f", PLAIN);
        writer.node("pipe", Kernel.S_IFIFO, 0, PLAIN);
        writer.node("null", Kernel.S_IFCHR, Kernel.device(1, 3), new Attributes(0, 0, 0x1B6, 1, 0));
        writer.setXattr("f", "user.colour", new byte[] {1, 2});

        assertThat(root.status("g").orElseThrow().inode())
                .isEqualTo(root.status("f").orElseThrow().inode());
        assertThat(root.linkTarget("s")).contains("f");
        assertThat(root.status("pipe").map(FileStatus::type)).isEqualTo(Optional.of(Kernel.S_IFIFO));
        assertThat(root.status("null").orElseThrow().nodeDevice()).isEqualTo(Kernel.device(1, 3));
        assertThat(Kernel.lgetxattr(root.path().resolve("g").toString(), "user.colour"))
                .contains(new byte[] {1, 2});
    }

    @Test
    void manyParents_doNotUseUpDescriptors() throws IOException {
        for (int i = 0; i < 300; i++) {
            writer.directory("d" + i);
            writer.file("d" + i + "/f", bytes(""), 0, PLAIN);
        }
        writer.hardLink("d0/g", "d299/f");
        assertThat(root.list("d0")).containsExactly("f", "g");
        assertThat(Files.list(Path.of("/proc/self/fd")).count()).isLessThan(200);
    }
}
