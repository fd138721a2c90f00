package dev.stencil.image.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.host.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeManifestTest {
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path directory;

    private Path one = Path.of("/");
    private Path other = Path.of("/");

    @BeforeEach
    void makeTwoEqualTrees() throws IOException {
        one = tree("one");
        other = tree("a-directory-with-another-length/other");
    }

    private Path tree(String name) throws IOException {
        Path top = Files.createDirectories(directory.resolve(name));
        Files.createDirectories(top.resolve("d/e"));
        Files.writeString(top.resolve("d/file"), "content\n");
        Files.writeString(top.resolve("d-first"), "");
        Files.createLink(top.resolve("d/e/same"), top.resolve("d/file"));
        Files.createSymbolicLink(top.resolve("link"), Path.of("d/file"));
        setTimes(top, "d/e", "d", "d/file", "d-first", "");
        new dev.stencil.linux.HostPrograms()
                .run(dev.stencil.linux.Program.of(
                        "touch", "-h", "-d", "@1", top.resolve("link").toString()))
                .orThrow();
        setTimes(top, "");
        return top;
    }

    private static void setTimes(Path top, String... names) throws IOException {
        for (String name : names) {
            Files.setLastModifiedTime(top.resolve(name), FileTime.from(THEN));
        }
    }

    @Test
    void aFileThatIsLeftOutMakesNoDifference() throws IOException {
        Files.writeString(one.resolve("d-first"), "of this site");
        Files.delete(other.resolve("d-first"));
        setTimes(other, "");

        TreeManifest first = TreeManifest.read(one).without(Set.of("d-first"));
        TreeManifest second = TreeManifest.read(other).without(Set.of("d-first"));

        assertThat(first.digest()).isEqualTo(second.digest());
        assertThat(first.differencesTo(second)).isEmpty();
        assertThat(first.sizeBytes()).isEqualTo(second.sizeBytes());
    }

    @Test
    void equalTreesHaveOneDigest() throws IOException {
        assertThat(TreeManifest.read(one).digest())
                .isEqualTo(TreeManifest.read(other).digest());
        assertThat(TreeManifest.read(one).differencesTo(TreeManifest.read(other)))
                .isEmpty();
    }

    @Test
    void lines_areInTheOrderOfBytes_andSayWhatIsThere() throws IOException {
        List<TreeEntry> entries = TreeManifest.read(one).entries();

        assertThat(entries)
                .extracting(TreeEntry::path)
                .containsExactly(".", "d", "d/e", "d/e/same", "d/file", "d-first", "link");
        Digest content = Digest.of("content\n".getBytes(StandardCharsets.UTF_8));
        int uid = (int) ownerOf(one);
        assertThat(TreeManifest.line(entries.get(3)))
                .isEqualTo("f 644 " + uid + " " + uid + " 8 " + THEN.getEpochSecond() + " d/e/same sha256=" + content
                        + "\n");
        assertThat(TreeManifest.line(entries.get(4))).endsWith(" d/file sha256=" + content + " same=d/e/same\n");
        assertThat(TreeManifest.line(entries.get(6))).isEqualTo("l 777 " + uid + " " + uid + " 6 1 link link=d/file\n");
    }

    private static long ownerOf(Path file) throws IOException {
        return ((Number) Files.getAttribute(file, "unix:uid")).longValue();
    }

    @Test
    void anyBytesAreAName() {
        assertThat(ShownName.escaped("a b\\\udcff\u00e9\n")).isEqualTo("a\\040b\\134\\377\\303\\251\\012");
    }

    @Test
    void eachAspectIsFound_andChangesTheDigest() throws IOException {
        Files.writeString(other.resolve("d/file"), "CONTENT\n");
        setTimes(other, "d/file");
        assertDifference("d/e/same: content", "d/file: content");
    }

    @Test
    void modesOwnersTimesLinksAndNamesAreFound() throws IOException {
        Files.setPosixFilePermissions(other.resolve("d"), PosixFilePermissions.fromString("rwx------"));
        Files.setLastModifiedTime(other.resolve("d-first"), FileTime.from(THEN.plusNanos(1_000_000)));
        Files.delete(other.resolve("d/e/same"));
        Files.writeString(other.resolve("d/e/same"), "content\n");
        Files.delete(other.resolve("link"));
        Files.createDirectory(other.resolve("link"));
        Files.writeString(other.resolve("new name"), "");
        setTimes(other, "d/e/same", "d/e", "");

        assertDifference("d: mode", "d/file: hard link", "d-first: mtime", "link: kind", "new\\040name: added");
    }

    @Test
    void whatIsMissingIsRemoved() throws IOException {
        Files.delete(other.resolve("d-first"));
        setTimes(other, "");

        assertDifference("d-first: removed");
    }

    private void assertDifference(String... shown) throws IOException {
        TreeManifest before = TreeManifest.read(one);
        TreeManifest after = TreeManifest.read(other);
        assertThat(before.differencesTo(after))
                .extracting(TreeDifference::shown)
                .containsExactly(shown);
        assertThat(after.digest()).isNotEqualTo(before.digest());
    }

    @Test
    void nothingIsNewerThanTheLimit_andOlderFilesStay() throws IOException {
        Files.writeString(one.resolve("d/new"), "");
        Files.createSymbolicLink(one.resolve("d/new-link"), Path.of("nowhere"));
        Instant limit = THEN.plusSeconds(3600);

        TimeLimit.apply(one, limit);

        for (TreeEntry entry : TreeManifest.read(one).entries()) {
            boolean isNew = entry.path().equals("d") || entry.path().startsWith("d/new");
            long expected = isNew ? limit.getEpochSecond() : entry.path().equals("link") ? 1 : THEN.getEpochSecond();
            assertThat(entry.status().mtimeSeconds()).as(entry.path()).isEqualTo(expected);
            assertThat(entry.status().mtimeNanos()).as(entry.path()).isZero();
        }
    }
}
