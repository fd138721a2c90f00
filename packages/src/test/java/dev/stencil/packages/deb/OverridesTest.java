package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.linux.Root;
import dev.stencil.linux.TreeWriter.Attributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverridesTest {
    @TempDir
    Path directory;

    private Overrides read() throws IOException {
        try (Root root = Root.open(directory)) {
            return Overrides.read(root);
        }
    }

    @Test
    void ofAnEmptyRoot_nothingIsChanged() throws IOException {
        var attributes = new Attributes(1, 2, 0x1A4, 3, 0);
        assertThat(read().placeOf("/bin/sh", "dash")).isEqualTo("/bin/sh");
        assertThat(read().attributesOf("/bin/sh", attributes)).isEqualTo(attributes);
        assertThat(read().user("root")).isEmpty();
    }

    @Test
    void diversions_moveFilesOfOthersOnly() throws IOException {
        Files.createDirectories(directory.resolve("var/lib/dpkg"));
        Files.writeString(
                directory.resolve("var/lib/dpkg/diversions"), "/bin/sh\n/bin/sh.distrib\ndash\n/cut\n/short\n");

        assertThat(read().placeOf("/bin/sh", "bash")).isEqualTo("/bin/sh.distrib");
        assertThat(read().placeOf("/bin/sh", "dash")).isEqualTo("/bin/sh");
        assertThat(read().placeOf("/cut", "bash"))
                .as("an entry of two lines is none")
                .isEqualTo("/cut");
    }

    @Test
    void overriddenOwnersAndModes_areThoseOfTheRoot() throws IOException {
        Files.createDirectories(directory.resolve("var/lib/dpkg"));
        Files.createDirectories(directory.resolve("etc"));
        Files.writeString(
                directory.resolve("etc/passwd"), "root:x:0:0::/:/bin/sh\nbind:x:104:108::/:/bin/sh\nbroken\n");
        Files.writeString(directory.resolve("etc/group"), "crontab:x:101:\n");
        Files.writeString(
                directory.resolve("var/lib/dpkg/statoverride"),
                "bind crontab 2755 /usr/bin/crontab\n#7 #8 0640 /etc/a file\nnonsense\n");
        var plain = new Attributes(0, 0, 0x1ED, 3, 0);

        assertThat(read().attributesOf("/usr/bin/crontab", plain)).isEqualTo(new Attributes(104, 101, 02755, 3, 0));
        assertThat(read().attributesOf("/etc/a file", plain)).isEqualTo(new Attributes(7, 8, 0640, 3, 0));
        assertThat(read().user("bind")).contains(104);
        assertThat(read().group("crontab")).contains(101);
    }
}
