package dev.stencil.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TestDistribution;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roots made by the real dnf and rpm out of the test distribution. */
class RpmRootIT {
    @TempDir
    Path temporary;

    private RpmWorld world;

    @BeforeEach
    void open() throws IOException {
        world = RpmWorld.in(temporary);
    }

    @Test
    void populate_makesARootInWhichRpmFindsNothingWrong() throws IOException {
        Path root = world.populate("root", world.release9(), TestDistribution.MINI);

        assertThat(root.resolve("var/lib/rpm/rpmdb.sqlite")).exists();
        String verified = world.host
                .run(Program.of("chroot", root.toString(), "rpm", "-Va"))
                .text();
        assertThat(verified).isEmpty();
    }
}
