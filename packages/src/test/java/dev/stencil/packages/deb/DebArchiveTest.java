package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebArchiveTest {
    @TempDir
    Path directory;

    private static byte[] tar(String name, String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            var entry = new TarArchiveEntry(name);
            byte[] text = content.getBytes(StandardCharsets.UTF_8);
            entry.setSize(text.length);
            tar.putArchiveEntry(entry);
            tar.write(text);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static byte[] ar(Object... namesAndContents) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("!<arch>\n".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < namesAndContents.length; i += 2) {
            byte[] content = (byte[]) namesAndContents[i + 1];
            String header = "%-16s%-12s%-6s%-6s%-8s%-10d`\n"
                    .formatted(namesAndContents[i], "0", "0", "0", "100644", content.length);
            bytes.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(content);
            if (content.length % 2 == 1) {
                bytes.write('\n');
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] deb(String controlName, String control) throws IOException {
        return ar(
                "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII),
                "control.tar.gz", tar(controlName, control),
                "data.tar.gz", tar("./usr/x", "data"));
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(directory.resolve("p.deb"), content);
    }

    @Test
    void open_readsControlAndData() throws IOException {
        try (DebArchive archive = DebArchive.open(write(deb("./control", "Package: p\n")))) {
            assertThat(archive.controlFiles()).singleElement().satisfies(file -> {
                assertThat(file.name()).isEqualTo("control");
                assertThat(file.text()).isEqualTo("Package: p\n");
            });
            try (var data = archive.data()) {
                assertThat(data.getNextEntry().getName()).isEqualTo("./usr/x");
                assertThat(data.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("data");
            }
        }
    }

    @Test
    void open_failsOnEveryTruncation() throws IOException {
        byte[] whole = deb("./control", "Package: p\n");
        for (int length = 0; length < whole.length - 1; length += 7) {
            Path file = write(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> {
                        try (DebArchive archive = DebArchive.open(file);
                                var data = archive.data()) {
                            archive.controlFiles();
                            data.getNextEntry();
                            data.readAllBytes();
                        }
                    })
                    .as("cut after " + length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void controlFiles_refusesNamesThatLeadElsewhere() throws IOException {
        for (String name : new String[] {"../evil", "a/b", "..", ".hidden"}) {
            try (DebArchive archive = DebArchive.open(write(deb(name, "x")))) {
                assertThatThrownBy(archive::controlFiles).as(name).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void open_namesAnUnknownCompression() throws IOException {
        byte[] content = ar(
                "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII), "control.tar.rar", new byte[] {1, 2, 3});
        try (DebArchive archive = DebArchive.open(write(content))) {
            assertThatThrownBy(archive::controlFiles).hasMessageContaining("control.tar.rar");
        }
    }

    @Property(tries = 100)
    void open_ofGarbageThrowsAnIoException(@ForAll @Size(max = 300) byte[] garbage) throws IOException {
        Path file = Files.createTempFile("garbage", ".deb");
        try {
            Files.write(file, garbage);
            assertThatThrownBy(() -> DebArchive.open(file)).isInstanceOf(IOException.class);
        } finally {
            Files.delete(file);
        }
    }
}
