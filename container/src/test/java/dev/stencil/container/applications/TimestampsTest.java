package dev.stencil.container.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimestampsTest {
    @TempDir
    Path templates;

    @Test
    void write_leavesOneLineOfLocalTimeThatEverybodyMayRead() throws IOException {
        new Timestamps(templates).write("mysql", LocalDateTime.of(2026, 1, 2, 3, 4, 5));

        Path file = templates.resolve("mysql/timestamp");
        assertThat(file).content().isEqualTo("2026-01-02 03:04:05\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        assertThat(new Timestamps(templates).read("mysql")).contains("2026-01-02 03:04:05");
    }

    @Test
    void read_isEmptyWithoutFileAndForAnEmptyOne() throws IOException {
        Files.createDirectory(templates.resolve("php"));
        Files.createFile(templates.resolve("php/timestamp"));

        assertThat(new Timestamps(templates).read("php")).isEmpty();
        assertThat(new Timestamps(templates).read("mysql")).isEmpty();
    }

    @Test
    void delete_forgetsOneTemplateOnly() throws IOException {
        var timestamps = new Timestamps(templates);
        timestamps.write("mysql", LocalDateTime.of(2026, 1, 2, 3, 4, 5));
        timestamps.write("php", LocalDateTime.of(2026, 1, 2, 3, 4, 5));

        timestamps.delete("mysql");
        timestamps.delete("never-there");

        assertThat(templates.resolve("mysql")).doesNotExist();
        assertThat(timestamps.read("php")).isPresent();
    }

    @Test
    void write_refusesANameThatLeadsOutOfTheDirectory() {
        var timestamps = new Timestamps(templates.resolve("inside"));

        assertThatThrownBy(() -> timestamps.write("../outside", LocalDateTime.MIN))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> timestamps.delete("..")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> timestamps.read("")).isInstanceOf(IOException.class);
    }
}
