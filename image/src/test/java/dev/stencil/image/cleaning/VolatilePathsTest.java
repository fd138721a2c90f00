package dev.stencil.image.cleaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.image.TinyArea;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolatilePathsTest {
    @TempDir
    Path directory;

    private Path root = Path.of("/");

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectories(directory.resolve("root"));
        for (String file : new String[] {"etc/key", "var/lib/db/data", "var/lib/db/dump/x", "var/lib/db/debian.flag"}) {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "");
        }
    }

    private void remove(String lines) throws IOException {
        var area = new TinyArea(directory.resolve("area"));
        area.file("volatile", lines);
        new VolatilePaths(area.tiny()).removeFrom(root);
    }

    @Test
    void whatIsListedGoes_andNothingElse() throws IOException {
        remove("# a comment\n/etc/k?y\n/var/*/db/[!d]*\n/missing/*\n/etc/key/below\n");

        assertThat(root.resolve("etc")).isEmptyDirectory();
        assertThat(root.resolve("var/lib/db/data")).exists();
        assertThat(root.resolve("var/lib/db/debian.flag")).exists();

        remove("/var/lib/db/d[au]*\n");

        assertThat(root.resolve("var/lib/db/data")).doesNotExist();
        assertThat(root.resolve("var/lib/db/dump")).doesNotExist();
        assertThat(root.resolve("var/lib/db/debian.flag")).exists();
    }

    @Test
    void linksLeadNowhereOutside() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "");
        Files.createSymbolicLink(root.resolve("link"), outside);

        remove("/link/*\n/link\n");

        assertThat(outside.resolve("precious")).exists();
        assertThat(Files.isSymbolicLink(root.resolve("link"))).isFalse();
    }

    @Test
    void lineThatIsNoPath_isRefused() {
        for (String line : new String[] {"relative", "/", "/etc/../key", "/etc//key", "/etc/[k"}) {
            assertThatThrownBy(() -> remove(line + "\n")).hasMessageContaining("The file volatile of tiny-1-x86_64");
        }
    }
}
