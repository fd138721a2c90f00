package dev.stencil.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostProgramsTest {
    private final ProgramRunner runner = new HostPrograms();

    @Test
    void run_waitsForInputThatIsKnownLater() throws Exception {
        var content = new java.util.concurrent.CompletableFuture<byte[]>();
        var done = java.util.concurrent.CompletableFuture.supplyAsync(() -> {
            try {
                return runner.run(Program.of("cat").input(new Program.Input.Later(content::join)));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        content.complete("abc".getBytes(StandardCharsets.UTF_8));

        assertThat(done.get(60, java.util.concurrent.TimeUnit.SECONDS).text()).isEqualTo("abc");
    }

    @Test
    void run_givesOutputAndStatus() throws IOException {
        Finished done = runner.run(Program.of("sh", "-c", "echo out; echo err >&2; exit 3"));

        assertThat(done.status()).isEqualTo(3);
        assertThat(done.text()).isEqualTo("out\n");
        assertThat(done.stderrEnd()).isEqualTo("err\n");
        assertThat(done.killed()).isFalse();
    }

    @Test
    void run_passesOnlyTheEnvironmentThatWasGiven() throws IOException {
        Finished done = runner.run(Program.of("env").env("WHO", "me"));

        assertThat(done.text().lines())
                .contains("WHO=me", "LC_ALL=C.UTF-8")
                .noneMatch(line -> line.startsWith("HOME="));
    }

    @Test
    void run_feedsStandardInput() throws IOException {
        var input = new Program.Input.Bytes("abc".getBytes(StandardCharsets.UTF_8));

        assertThat(runner.run(Program.of("cat").input(input)).text()).isEqualTo("abc");
    }

    @Test
    void run_handsOverLinesAsTheyCome() throws IOException {
        List<String> lines = new ArrayList<>();

        runner.run(Program.of("printf", "a\\nb\\n").output(new Program.Output.Lines(lines::add)));

        assertThat(lines).containsExactly("a", "b");
    }

    @Test
    void run_killsWhatTakesTooLong() {
        Program slow = Program.of("sleep", "60").timeout(Duration.ofMillis(100));

        assertThatThrownBy(() -> runner.run(slow))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("sleep");
    }

    @Test
    void run_killsWhatFallsSilent_andNothingThatSpeaks() throws IOException {
        var lines = new Program.Output.Lines(line -> {});
        Program talking = Program.of("sh", "-c", "for i in 1 2 3 4 5 6; do echo $i; sleep 0.2; done")
                .output(lines)
                .silence(Duration.ofMillis(900));
        Program silent = Program.of("sh", "-c", "echo; sleep 60").output(lines).silence(Duration.ofMillis(100));

        assertThat(runner.run(talking).isSuccess()).isTrue();
        assertThatThrownBy(() -> runner.run(silent))
                .isInstanceOf(TimeLimitException.class)
                .hasMessageContaining("said nothing");
    }

    @Test
    void run_tellsASignalFromAStatus() throws IOException {
        Finished done = runner.run(Program.of("sh", "-c", "kill -9 $$"));

        assertThat(done.killed()).isTrue();
        assertThat(done.status()).isEqualTo(137);
    }

    @Test
    void orThrow_saysWhatWasRunHowItEndedAndItsLastWords() {
        assertThatThrownBy(() -> runner.run(Program.of("sh", "-c", "echo 'no way' >&2; exit 7"))
                        .orThrow())
                .isInstanceOf(ProgramFailed.class)
                .hasMessage("sh ended with status 7 (sh -c 'echo '\\''no way'\\'' >&2; exit 7'): no way");
    }

    @Test
    void start_namesAProgramThatIsNotThere() {
        assertThatThrownBy(() -> runner.start(Program.of("no-such-program-here")))
                .hasMessageContaining("no-such-program-here");
    }
}
