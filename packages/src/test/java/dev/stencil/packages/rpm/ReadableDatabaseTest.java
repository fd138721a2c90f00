package dev.stencil.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadableDatabaseTest {
    private final List<String> asked = new ArrayList<>();

    @Test
    void oldRpm_isRefusedBeforeAnythingIsFetched_whereBdbCannotBeRead() {
        assertThatThrownBy(() -> require("sqlite dummy", "4.11.3-48.el7_9"))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NOT_SUPPORTED))
                .hasMessage("rpm=4.11.3-48.el7_9:x86_64 keeps its package database in the format bdb, which the rpm of "
                        + "this host cannot read (available backends : sqlite dummy). Nothing was fetched. Use an rpm "
                        + "that can, such as that of Debian 12.");
    }

    @Test
    void oldRpm_isTaken_whereBdbCanBeRead() {
        assertThatCode(() -> require("sqlite bdb_ro dummy", "4.14.3-31.el8")).doesNotThrowAnyException();
    }

    @Test
    void newRpm_isTaken_withoutAQuestion() {
        assertThatCode(() -> require("sqlite dummy", "4.16.1.3-37.el9")).doesNotThrowAnyException();
        assertThat(asked).isEmpty();
    }

    private void require(String backends, String version) throws IOException {
        PackageName name = new PackageName("rpm", version, "x86_64");
        var file = new PackageFile(name, URI.create("http://mirror.invalid/rpm"), 1, Digest.of(new byte[0]));
        new ReadableDatabase(new ShowRc(backends), () -> "this host").require(List.of(file));
    }

    /** An rpm that tells its settings. */
    private final class ShowRc implements ProgramRunner {
        private final String backends;

        ShowRc(String backends) {
            this.backends = backends;
        }

        @Override
        public Finished run(Program program) {
            asked.addAll(program.argv());
            String text = "BACKEND:\ndefault backend       : sqlite\navailable backends    : " + backends + "\n";
            return new Finished(program, 0, false, text.getBytes(StandardCharsets.UTF_8), "", Duration.ZERO);
        }

        @Override
        public Process start(Program program) throws IOException {
            throw new IOException("nothing is started here: " + program.shown());
        }
    }
}
