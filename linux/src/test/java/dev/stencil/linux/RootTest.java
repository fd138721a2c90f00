package dev.stencil.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree prepared by an enemy: links that lead out, parents that are links, pipes under expected names. */
class RootTest {
    @TempDir
    Path outside;

    private Path tree;
    private Root root;
    private Owner me;

    @BeforeEach
    void openTree() throws IOException {
        tree = Files.createDirectory(outside.resolve("tree"));
        Files.writeString(outside.resolve("secret"), "host secret");
        Files.createDirectory(tree.resolve("etc"));
        root = Root.open(tree);
        FileStatus status = root.status("etc").orElseThrow();
        me = new Owner(status.uid(), status.gid());
    }

    @AfterEach
    void closeTree() {
        root.close();
    }

    @Test
    void read_followsAbsoluteLinksInsideTheTreeOnly() throws IOException {
        Files.writeString(tree.resolve("etc/real"), "inside");
        Files.createSymbolicLink(tree.resolve("etc/link"), Path.of("/etc/real"));
        Files.createSymbolicLink(tree.resolve("etc/escape"), Path.of("../../../secret"));
        Files.createSymbolicLink(tree.resolve("etc/absolute"), outside.resolve("secret"));

        assertThat(root.readText("etc/link")).contains("inside");
        assertThat(root.readText("etc/escape")).isEmpty();
        assertThat(root.readText("/etc/absolute")).isEmpty();
    }

    @Test
    void write_replacesALinkInsteadOfFollowingIt() throws IOException {
        Files.createSymbolicLink(tree.resolve("etc/hostname"), outside.resolve("secret"));

        root.write("/etc/hostname", "guest\n", Mode.FILE, me);

        assertThat(outside.resolve("secret")).hasContent("host secret");
        assertThat(Files.isSymbolicLink(tree.resolve("etc/hostname"))).isFalse();
        assertThat(tree.resolve("etc/hostname")).hasContent("guest");
    }

    @Test
    void write_staysInside_whenTheParentIsALinkLeadingOut() throws IOException {
        Files.createDirectory(outside.resolve("elsewhere"));
        Files.createSymbolicLink(tree.resolve("var"), Path.of("../elsewhere"));

        assertThatThrownBy(() -> root.write("var/file", "x", Mode.FILE, me)).isInstanceOf(Errno.class);

        assertThat(outside.resolve("elsewhere")).isEmptyDirectory();
    }

    @Test
    void write_setsTheModeWhateverTheUmask() throws IOException {
        root.write("etc/shadow", "x", Mode.octal("0640"), me);

        assertThat(root.status("etc/shadow").orElseThrow().permissions()).isEqualTo(0b110_100_000);
    }

    @Test
    void write_leavesNothingBeside() throws IOException {
        root.write("etc/a", "1", Mode.FILE, me);
        root.write("etc/a", "2", Mode.FILE, me);

        assertThat(root.list("etc")).containsExactly("a");
        assertThat(root.readText("etc/a")).contains("2");
    }

    @Test
    void write_refusesNamesThatAreNone() {
        assertThatThrownBy(() -> root.write("..", "x", Mode.FILE, me)).hasMessageContaining("does not name a file");
        assertThatThrownBy(() -> root.write("/", "x", Mode.FILE, me)).hasMessageContaining("does not name a file");
    }

    @Test
    void read_refusesWhatIsNoRegularFile() {
        assertThatThrownBy(() -> root.read("etc")).hasMessageContaining("not a regular file");
    }

    @Test
    void copyOut_makesNewFilesOfRegularOnes() throws IOException {
        byte[] content = new byte[300_000];
        new java.util.Random(1).nextBytes(content);
        Files.write(tree.resolve("etc/large"), content);
        Files.createFile(tree.resolve("etc/empty"));
        Files.createSymbolicLink(tree.resolve("etc/out"), outside.resolve("large"));

        assertThat(root.copyOut("etc/large", outside.resolve("large"))).isTrue();
        assertThat(root.copyOut("etc/empty", outside.resolve("empty"))).isTrue();
        assertThat(root.copyOut("etc/out", outside.resolve("none"))).isFalse();

        assertThat(outside.resolve("large")).hasBinaryContent(content);
        assertThat(outside.resolve("empty")).isEmptyFile();
        assertThat(outside.resolve("none")).doesNotExist();
        assertThatThrownBy(() -> root.copyOut("etc/empty", outside.resolve("large")))
                .hasMessageContaining("File exists");
        assertThatThrownBy(() -> root.copyOut("etc", outside.resolve("none"))).hasMessageContaining("not a regular");
    }

    @Test
    void status_doesNotFollowLinks() throws IOException {
        Files.createSymbolicLink(tree.resolve("link"), Path.of("etc"));

        assertThat(root.status("link").orElseThrow().isSymlink()).isTrue();
        assertThat(root.status("missing")).isEmpty();
        assertThat(root.status("etc/missing/deeper")).isEmpty();
    }

    @Test
    void exists_isFalseForADanglingLink() throws IOException {
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("nowhere"));

        assertThat(root.exists("dangling")).isFalse();
        assertThat(root.exists("etc")).isTrue();
    }

    @Test
    void copyIn_copiesAHostFileAndLeavesATakenNameAlone() throws IOException {
        Files.createSymbolicLink(tree.resolve("etc/taken"), outside.resolve("secret"));

        root.copyIn(outside.resolve("secret"), "/etc/copy", Mode.SECRET, me);

        assertThat(tree.resolve("etc/copy")).hasContent("host secret");
        assertThat(root.status("etc/copy").orElseThrow().permissions()).isEqualTo(Mode.SECRET.bits());
        assertThatThrownBy(() -> root.copyIn(outside.resolve("secret"), "etc/taken", Mode.SECRET, me))
                .isInstanceOfSatisfying(Errno.class, e -> assertThat(e.number()).isEqualTo(Errno.EEXIST));
    }

    @Test
    void deleteTree_removesLinksButNotWhatTheyPointTo() throws IOException {
        Files.createDirectories(tree.resolve("etc/deep/er"));
        Files.createSymbolicLink(tree.resolve("etc/deep/out"), outside);

        root.deleteTree("etc");

        assertThat(tree.resolve("etc")).doesNotExist();
        assertThat(outside.resolve("secret")).exists();
    }

    @Test
    void deleteTree_removesEverything_whenSomebodyElseDeletesAsWell() throws Exception {
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 100; i++) {
                Files.createDirectories(tree.resolve("busy/" + i));
                Files.createFile(tree.resolve("busy/" + i + "/file"));
            }
            try (var both = Executors.newFixedThreadPool(2)) {
                var other = both.submit(() -> {
                    root.deleteTree("busy");
                    return true;
                });
                root.deleteTree("busy");
                assertThat(other.get()).isTrue();
            }

            assertThat(tree.resolve("busy")).doesNotExist();
        }
    }

    @Test
    void deleteTree_isSatisfiedWhenThereIsNothing() throws IOException {
        root.deleteTree("no/such/thing");

        assertThat(root.list(".")).containsExactly("etc");
    }

    @Test
    void makeDirectories_acceptsWhatIsThereAndMakesTheRest() throws IOException {
        root.makeDirectories("/etc/network/interfaces.d", Mode.DIRECTORY, me);
        root.makeDirectories("/etc/network/interfaces.d/", Mode.DIRECTORY, me);

        assertThat(root.isDirectory("etc/network/interfaces.d")).isTrue();
    }

    @Test
    void makeDirectory_failsWhereAFileIsInTheWay() throws IOException {
        root.write("etc/file", "", Mode.FILE, me);

        assertThatThrownBy(() -> root.makeDirectory("etc/file", Mode.DIRECTORY, me))
                .isInstanceOfSatisfying(Errno.class, e -> assertThat(e.number()).isEqualTo(Errno.EEXIST));
    }

    @Test
    void symlink_replacesAFileOfThatName() throws IOException {
        root.write("etc/localtime", "x", Mode.FILE, me);

        root.symlink("/usr/share/zoneinfo/Etc/UTC", "etc/localtime", me);

        assertThat(root.linkTarget("etc/localtime")).contains("/usr/share/zoneinfo/Etc/UTC");
    }

    @Test
    void names_thatAreNoUtf8SurviveListingAndReading() throws IOException {
        String odd = NativeText.text(new byte[] {'a', (byte) 0xFF, 'z'});
        root.write("etc/" + odd, "odd", Mode.FILE, me);

        assertThat(root.list("etc")).containsExactly(odd);
        assertThat(root.readText("etc/" + odd)).contains("odd");
    }
}
