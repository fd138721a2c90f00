package dev.stencil.cli.vzpkg;

import dev.stencil.cli.ToolRun;
import dev.stencil.fixtures.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands on many containers on a host where none runs, byte for byte. */
class ManyGoldenTest {
    @TempDir
    Path root;

    @BeforeEach
    void makeHost() throws IOException {
        new SmallArea(root);
        Files.writeString(
                root.resolve("etc/vz/vz.conf"),
                "VE_ROOT=\"/vz/root/$VEID\"\nVE_PRIVATE=\"/vz/private/$VEID\"\n",
                StandardOpenOption.APPEND);
        Path configs = Files.createDirectories(root.resolve("etc/vz/conf"));
        Files.writeString(configs.resolve("101.conf"), "NAME=\"web\"\nOSTEMPLATE=\".debian-12-x86_64\"\n");
        Files.writeString(configs.resolve("1102.conf"), "OSTEMPLATE=\".debian-12-x86_64\"\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "update-stopped | update --all",
                "update-stopped-quiet | update -q --all",
                "update-stopped-json | update --all --json",
                "update-pattern | update --match w* -p cron",
                "update-no-fit | update --match nothing*",
                "update-bad-pattern | update --match [a",
                "update-absent | update --ct 101,404",
                "update-empty-name | update --ct 101,",
                "update-no-jobs | update --all --jobs 0",
                "update-jobs-alone | update 101 --jobs 2",
                "update-exact-of-a-part | update --all --exact nginx",
                "install-nothing | install --all",
                "status-operand | status --all 101",
                "list-operand | list --all 101",
            })
    void many(String name, String words) {
        String[] command = ("vzpkg " + words).split(" ");
        Golden.check("vzpkg-many-" + name, new ToolRun(root).run(command).text());
    }
}
