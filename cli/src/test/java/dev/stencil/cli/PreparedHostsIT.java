package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That tests which share a host begin alike, and what is done about one that spoils it for the others. */
class PreparedHostsIT {
    private static final String LAYER_FILE = "vz/template/stencil/layers/1/fs/etc/motd";
    private static final String CACHE_FILE = "vz/template/stencil/caches/tiny/1";

    private Path directory = Path.of("");
    private int made;

    /** Beside what is kept: there are no hard links from one mount to another. */
    @BeforeEach
    void makeDirectory() throws IOException {
        Path parent = Files.createDirectories(Path.of("/var/tmp/stencil-tests"));
        directory = Files.createTempDirectory(parent, "prepared-");
    }

    @AfterEach
    void removeDirectory() throws IOException {
        try (Root parent = Root.open(directory.getParent())) {
            parent.deleteTree(directory.getFileName().toString());
        }
    }

    @Test
    void aHostIsMadeOnce_andCopiedForTheNext() throws IOException {
        Path first = prepared("first", "alike");
        Path second = prepared("second", "alike");

        assertThat(made).isEqualTo(1);
        assertThat(second.resolve(CACHE_FILE)).hasContent("a cache");
        assertThat(inode(second, LAYER_FILE)).isEqualTo(inode(first, LAYER_FILE));
        assertThat(inode(second, CACHE_FILE)).isNotEqualTo(inode(first, CACHE_FILE));
    }

    @Test
    void aHostWithOtherSettings_isMadeAnew() throws IOException {
        prepared("first", "of one kind");
        prepared("second", "of another");

        assertThat(made).isEqualTo(2);
    }

    @Test
    void whoeverWritesToWhatIsShared_isTold() throws IOException {
        Path host = prepared("first", "spoilt");
        String before = Files.readString(host.resolve(LAYER_FILE));
        var time = Files.getLastModifiedTime(host.resolve(LAYER_FILE));

        Files.writeString(host.resolve(LAYER_FILE), "changed");

        assertThatThrownBy(PreparedHosts::requireUnchanged).hasMessageContaining("has changed files of layers");
        assertThatThrownBy(() -> prepared("second", "spoilt")).hasMessageContaining("has changed files of layers");
        Files.writeString(host.resolve(LAYER_FILE), before);
        Files.setLastModifiedTime(host.resolve(LAYER_FILE), time);
        PreparedHosts.requireUnchanged();
    }

    @Test
    void aHostThatNamesItsDirectory_isNotKept() throws IOException {
        Path host = host("first", "tied");
        write(host.resolve(LAYER_FILE), "hello");

        assertThatThrownBy(() ->
                        PreparedHosts.prepare(host, "tiny", () -> write(host.resolve(CACHE_FILE), "lies in " + host)))
                .hasMessageContaining("names the directory where it was made");
    }

    private Path prepared(String name, String setting) throws IOException {
        Path host = host(name, setting);
        PreparedHosts.prepare(host, "tiny", () -> {
            made++;
            write(host.resolve(LAYER_FILE), "hello");
            write(host.resolve(CACHE_FILE), "a cache");
        });
        return host;
    }

    /** Each run of a test makes its own, for what is kept outlives it. */
    private Path host(String name, String setting) throws IOException {
        Path host = directory.resolve(name);
        write(host.resolve("etc/vz/vz.conf"), setting + " in " + directory.getFileName());
        return host;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Object inode(Path host, String file) throws IOException {
        return Files.getAttribute(host.resolve(file), "unix:ino");
    }
}
