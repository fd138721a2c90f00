package dev.stencil.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Whether the smallest shipped template still gives the bytes it gave when its lock was made; {@code tools/shipped-digests} checks all.
 */
class ShippedDigestsIT {
    /** The archive does not serve the lock's packages any more. */
    private static final int NOTHING_COMPARED = 77;

    @Test
    void minimalDebian_givesTheSameBytesAsEver() throws IOException {
        Path tool = Path.of("../tools/shipped-digests").toAbsolutePath().normalize();

        Finished check = new HostPrograms().run(Program.of(tool.toString(), "check", "debian-12-x86_64-minimal"));

        assumeThat(check.status()).as(check.text()).isNotEqualTo(NOTHING_COMPARED);
        assertThat(check.status()).as(check.text() + check.stderrEnd()).isZero();
    }
}
