package dev.stencil.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
    @TempDir
    Path directory;

    @Test
    void commit_makesEverythingVisibleAtOnce() throws IOException {
        Path target = directory.resolve("layers/one");
        try (Staging staging = Staging.beside(target)) {
            Files.writeString(staging.directory().resolve("file"), "x");
            assertThat(target).doesNotExist();

            staging.commit();
        }

        assertThat(target.resolve("file")).hasContent("x");
    }

    @Test
    void close_withoutCommitLeavesNothing() throws IOException {
        Path target = directory.resolve("one");
        try (Staging staging = Staging.beside(target)) {
            Files.createDirectories(staging.directory().resolve("a/b"));
        }

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void commit_refusesANameThatIsTaken() throws IOException {
        Path target = Files.createDirectory(directory.resolve("one"));
        try (Staging staging = Staging.beside(target)) {
            assertThatThrownBy(staging::commit).isInstanceOfSatisfying(Errno.class, e -> assertThat(e.number())
                    .isEqualTo(Errno.EEXIST));
        }

        assertThat(directory.toFile().list()).containsExactly("one");
    }

    @Test
    void trash_takesATreeAwayAndEmptiesLater() throws IOException {
        Path tree = Files.createDirectories(directory.resolve("tree/a"));
        var trash = new Trash(directory.resolve("trash"));

        trash.discard(directory.resolve("tree"));
        assertThat(tree).doesNotExist();
        assertThat(directory.resolve("trash")).isNotEmptyDirectory();
        trash.empty();

        assertThat(directory.resolve("trash")).isEmptyDirectory();
    }
}
