package dev.stencil.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DnfProgramTest {
    private static final Program CAT = Program.of("cat");

    private final AtomicInteger runs = new AtomicInteger();
    private final DnfProgram dnf = new DnfProgram(new ProgramRunner() {
        @Override
        public Finished run(Program program) throws IOException {
            runs.incrementAndGet();
            return new HostPrograms().run(program);
        }

        @Override
        public Process start(Program program) throws IOException {
            throw new IOException("not used");
        }
    });

    @Test
    void aQuestion_goesToTheRunThatWasBegun_andTheNextToAnother() throws IOException {
        dnf.begin(CAT);
        dnf.begin(CAT);

        assertThat(ask("one")).isEqualTo("one");
        assertThat(runs).hasValue(1);
        assertThat(ask("two")).isEqualTo("two");
        assertThat(runs).hasValue(2);
    }

    @Test
    void anotherProgram_isNotTheOneThatWasBegun() throws IOException {
        dnf.begin(CAT.env("OTHER", "yes"));

        assertThat(ask("one")).isEqualTo("one");
        assertThat(runs).hasValueGreaterThanOrEqualTo(1);
    }

    @Test
    void aProgramThatCannotBegin_failsWhoAsks() {
        Program none = Program.of("/nonexistent/dnf");
        dnf.begin(none);

        assertThatThrownBy(() -> dnf.run(none, new byte[0])).isInstanceOf(IOException.class);
    }

    @Test
    void whoIsInterruptedWhileItRuns_doesNotWait() {
        Program slow = Program.of("sleep", "1000");
        dnf.begin(slow);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> dnf.run(slow, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private String ask(String question) throws IOException {
        return dnf.run(CAT, question.getBytes(StandardCharsets.UTF_8)).text();
    }
}
