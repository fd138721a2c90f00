package dev.stencil.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.host.Arch;
import dev.stencil.linux.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every state that a kill can leave behind is finished by the next run. */
class ShippedTemplatesTest {
    @TempDir
    Path directory;

    private Path shipped;
    private Path area;
    private SortedMap<String, String> complete;

    @BeforeEach
    void shipTwoDistributions() throws IOException {
        shipped = directory.resolve("shipped");
        area = directory.resolve("area");
        new TestArea(shipped)
                .base("alpha", "1", "x86_64")
                .script(TestArea.os("alpha", "1", "x86_64", "default") + "/post-install")
                .base("beta", "2", "x86")
                .file("conf/vztt/url.map", "# empty\n");
        new ShippedTemplates(shipped).installInto(directory.resolve("expected"));
        complete = Trees.describe(directory.resolve("expected"));
    }

    @Test
    void aFreshAreaIsTheShippedTree() throws IOException {
        assertThat(complete).isEqualTo(Trees.describe(shipped));
    }

    @Test
    void modesDoNotDependOnTheCheckouts() throws IOException {
        Path packages = shipped.resolve(TestArea.os("alpha", "1", "x86_64", "default") + "/packages");
        Files.setPosixFilePermissions(packages, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));

        new ShippedTemplates(shipped).installInto(area);

        assertThat(Trees.describe(area)).isEqualTo(complete);
    }

    @Test
    void killedWhileCopying() throws IOException {
        new TestArea(area).file(Staging.PREFIX + "1/alpha/1/x86_64/config/os/default/packages", "half");

        finish();
    }

    @Test
    void killedBeforeTheFirstMove() throws IOException {
        ready();

        finish();
    }

    @Test
    void killedBetweenTheMoves() throws IOException {
        ready();
        Files.move(area.resolve(ShippedTemplates.READY).resolve("alpha"), area.resolve("alpha"));

        finish();
    }

    @Test
    void killedBeforeTheLastMove() throws IOException {
        ready();
        for (String name : new String[] {"alpha", "beta"}) {
            Files.move(area.resolve(ShippedTemplates.READY).resolve(name), area.resolve(name));
        }
        Files.createDirectories(area.resolve("conf/vztt"));

        finish();
    }

    @Test
    void killedWhileCleaningUp() throws IOException {
        ready();
        finish();
        Files.createDirectories(area.resolve(ShippedTemplates.READY));

        new ShippedTemplates(shipped).installInto(area);

        assertThat(TemplateArea.open(area, Arch.X86_64).osTemplates()).hasSize(2);
    }

    @Test
    void anUnfinishedAreaListsNoHalfTemplate() throws IOException {
        ready();

        assertThat(TemplateArea.open(area, Arch.X86_64).osTemplates()).isEmpty();
    }

    private void ready() throws IOException {
        try (var tree = Files.walk(directory.resolve("expected"))) {
            for (Path source : tree.toList()) {
                Path target = area.resolve(ShippedTemplates.READY)
                        .resolve(
                                directory.resolve("expected").relativize(source).toString());
                Files.createDirectories(target.getParent());
                Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.setPosixFilePermissions(area, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void finish() throws IOException {
        new ShippedTemplates(shipped).installInto(area);

        assertThat(Trees.describe(area)).isEqualTo(complete);
    }
}
