package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltFileTest {
    private static final Instant THEN = Instant.parse("2026-07-12T08:03:10Z");

    @TempDir
    Path directory;

    private static Digest digest(char digit) {
        return new Digest(String.valueOf(digit).repeat(64));
    }

    private static BuiltResult result(char lock, char tool, char tree) {
        return new BuiltResult(digest(lock), digest(tool), digest('d'), 164_554_240, 7256, digest(tree), THEN);
    }

    private BuiltFile file() {
        return BuiltFile.beside(directory.resolve("default+mysql.lock"));
    }

    @Test
    void eachLockAndToolchainHasOneResult_theNewest() throws IOException {
        file().put(result('a', '1', 'e'));
        file().put(result('b', '1', 'e'));
        file().put(result('a', '1', 'f'));

        assertThat(file().find(digest('a'), digest('1'))).contains(result('a', '1', 'f'));
        assertThat(file().find(digest('b'), digest('1'))).contains(result('b', '1', 'e'));
        assertThat(file().find(digest('a'), digest('2'))).isEmpty();
        assertThat(directory).isDirectoryNotContaining("glob:**/.built-*");
    }

    @Test
    void textIsThatOfTheFormat() throws IOException {
        file().put(result('a', '1', 'e'));

        assertThat(directory.resolve("default+mysql.built"))
                .hasContent("[[result]]\nlock = \"sha256:" + digest('a') + "\"\ntoolchain = \"sha256:" + digest('1')
                        + "\"\ndiff-id = \"sha256:" + digest('d')
                        + "\"\nsize = 164554240\nfiles = 7256\ntree = \"sha256:"
                        + digest('e') + "\"\nbuilt = 2026-07-12T08:03:10Z\n");
    }

    @Test
    void whatCannotBeRead_isNamed() throws IOException {
        for (String text :
                new String[] {"[[result]]\nlock = 1\n", "[[result", "[[result]]\nlock = \"md5:1\"\n", "\0"}) {
            Files.writeString(directory.resolve("default+mysql.built"), text);

            assertThatThrownBy(() -> file().find(digest('a'), digest('1')))
                    .isInstanceOfSatisfying(
                            StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.LOCK_DAMAGED))
                    .hasMessageContaining("default+mysql.built");
        }
    }
}
