package dev.stencil.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.host.Digest;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Dnf5MemoryTest {
    private static final Resolution FIRST = new Resolution(
            files("bash=5.2-1:x86_64", "glibc=0:2.41-3:x86_64", "setup=2:2.15-1:noarch"),
            List.of(),
            List.of(),
            List.of(),
            Set.of("glibc", "setup"));

    @TempDir
    Path root;

    @Test
    void whatHasCome_isNotedWithItsReason() throws IOException {
        assertThat(isEmpty()).isTrue();

        record(FIRST);

        assertThat(file("packages.toml"))
                .content()
                .isEqualTo(
                        """
                        version = "1.0"
                        [packages]
                        "bash.x86_64" = {reason = "User"}
                        "glibc.x86_64" = {reason = "Dependency"}
                        "setup.noarch" = {reason = "Dependency"}
                        """);
        assertThat(file("nevras.toml"))
                .content()
                .isEqualTo(
                        """
                        version = "1.0"
                        [nevras]
                        "bash-5.2-1.x86_64" = {from_repo = ""}
                        "glibc-2.41-3.x86_64" = {from_repo = ""}
                        "setup-2:2.15-1.noarch" = {from_repo = ""}
                        """);
        assertThat(isEmpty()).isFalse();
    }

    @Test
    void whatDnf5HasNoted_stays() throws IOException {
        write(
                "packages.toml",
                "version = \"1.0\"\n[packages]\n\"vim.x86_64\" = {reason=\"Weak Dependency\"}\n"
                        + "\"bash.x86_64\" = {reason=\"External User\", later=\"x\"}\n\"old.noarch\" = {reason=\"User\"}\n");
        write(
                "nevras.toml",
                "version = \"1.0\"\n[nevras]\n\"vim-9-1.x86_64\" = {from_repo=\"fedora\"}\n"
                        + "\"bash-5.1-1.x86_64\" = {from_repo=\"fedora\"}\n\"old-1-1.noarch\" = {from_repo=\"\"}\n");
        write("groups.toml", "version = \"1.0\"\n[groups]\n");

        record(new Resolution(
                files("bash=5.2-1:x86_64", "readline=8-1:x86_64"),
                List.of(name("old=1-1:noarch")),
                List.of(name("bash=5.1-1:x86_64")),
                List.of(),
                Set.of("bash", "readline")));

        assertThat(file("packages.toml"))
                .content()
                .isEqualTo(
                        """
                        version = "1.0"
                        [packages]
                        "bash.x86_64" = {later = "x", reason = "External User"}
                        "readline.x86_64" = {reason = "Dependency"}
                        "vim.x86_64" = {reason = "Weak Dependency"}
                        """);
        assertThat(file("nevras.toml"))
                .content()
                .isEqualTo(
                        """
                        version = "1.0"
                        [nevras]
                        "bash-5.2-1.x86_64" = {from_repo = ""}
                        "readline-8-1.x86_64" = {from_repo = ""}
                        "vim-9-1.x86_64" = {from_repo = "fedora"}
                        """);
        assertThat(file("groups.toml")).content().isEqualTo("version = \"1.0\"\n[groups]\n");
    }

    @Test
    void aFileOfAnotherForm_leavesBothAsTheyAre() throws IOException {
        String newer = "version = \"2.0\"\n[nevras]\n";
        write("nevras.toml", newer);

        record(FIRST);

        assertThat(file("nevras.toml")).content().isEqualTo(newer);
        assertThat(file("packages.toml")).doesNotExist();
        assertThat(isEmpty()).isFalse();
    }

    @Test
    void aRemovalThatItNeverKnewOf_writesNothing() throws IOException {
        record(new Resolution(List.of(), List.of(name("bash=5.2-1:x86_64")), List.of(), List.of()));

        assertThat(root).isEmptyDirectory();
    }

    private void record(Resolution done) throws IOException {
        try (Root open = Root.open(root)) {
            new Dnf5Memory(open, Owner.ROOT).record(done);
        }
    }

    private boolean isEmpty() throws IOException {
        try (Root open = Root.open(root)) {
            return new Dnf5Memory(open, Owner.ROOT).isEmpty();
        }
    }

    private Path file(String name) {
        return root.resolve("usr/lib/sysimage/libdnf5").resolve(name);
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(file(name).resolveSibling("."));
        Files.writeString(file(name), text);
    }

    private static List<PackageFile> files(String... names) {
        return Stream.of(names)
                .map(text ->
                        new PackageFile(name(text), URI.create("http://archive.test/a"), 1, Digest.of(new byte[0])))
                .toList();
    }

    /** From {@code NAME=VERSION:ARCH}. */
    private static PackageName name(String text) {
        int version = text.indexOf('=');
        int arch = text.lastIndexOf(':');
        return new PackageName(text.substring(0, version), text.substring(version + 1, arch), text.substring(arch + 1));
    }
}
