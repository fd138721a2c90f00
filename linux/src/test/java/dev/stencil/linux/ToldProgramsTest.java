package dev.stencil.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldProgramsTest {
    @Test
    void programsAreToldAsAShellTakesThem_thenRun() throws IOException {
        List<String> told = new ArrayList<>();
        var programs = new ToldPrograms(new HostPrograms(), told::add);
        Program program = Program.of("sh", "-c", "echo \"$GREETING from $PWD\"")
                .env("GREETING", "it's me")
                .in(Path.of("/tmp"));

        Finished done = programs.run(program).orThrow();
        String pasted = new HostPrograms()
                .run(Program.of("sh", "-c", told.getFirst()))
                .orThrow()
                .text();

        assertThat(told).containsExactly("cd /tmp && GREETING='it'\\''s me' sh -c 'echo \"$GREETING from $PWD\"'");
        assertThat(pasted).isEqualTo(done.text()).isEqualTo("it's me from /tmp\n");
    }

    @Test
    void secretsInVariablesAreHidden() {
        Program program = Program.of("true").env("PROXY_PASSWORD", "hunter2").env("LANG", "C");

        assertThat(program.pasted()).isEqualTo("LANG=C PROXY_PASSWORD=*** true");
    }
}
