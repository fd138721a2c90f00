package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.cli.progress.ProgressBarDemo;
import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees in a real terminal, made by script(1), and what a pipe gets. */
class TerminalIT {
    private static final String RED = "\u001b[31m";

    @TempDir
    Path root;

    @Test
    void barsTellRateAndRemainingTime_asWideAsTheWindow() throws IOException {
        String shown = inTerminal("xterm", "stty cols 100;", java(ProgressBarDemo.class))
                .text();

        assertThat(shown).containsPattern("Fetching +\\d+%").containsPattern("\\d+\\.\\d MiB/s");
        assertThat(shown).containsPattern("0:00:0\\d / 0:00:0\\d"); // gone by, and to come
        assertThat(Arrays.stream(shown.split("[\r\n]"))
                        .mapToInt(TerminalIT::width)
                        .max()
                        .orElseThrow())
                .isBetween(60, 100);
        assertThat(shown).contains("Working\r\n").endsWith("Done\r\n");
    }

    @Test
    void errorsAreRedInATerminalOnly() throws IOException {
        assertThat(inTerminal("xterm", "", unknown()).text()).contains(RED + "Error:");
        assertThat(inTerminal("xterm", "export NO_COLOR=1;", unknown()).text())
                .contains("Error:")
                .doesNotContain("\u001b");
        assertThat(inTerminal("dumb", "", unknown()).text()).contains("Error:").doesNotContain("\u001b");

        Finished piped = new HostPrograms()
                .run(Program.of(unknown().getFirst())
                        .args(unknown().subList(1, unknown().size()))
                        .env("STENCIL_ROOT", root.toString())
                        .env("TERM", "xterm"));
        assertThat(piped.stderrEnd()).contains("Error:").doesNotContain("\u001b", "\r");
    }

    private static int width(String line) {
        return line.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "").length();
    }

    private static List<String> unknown() {
        List<String> words = new ArrayList<>(java(Main.class));
        words.addAll(List.of("info", "no-such-template"));
        return words;
    }

    private static List<String> java(Class<?> main) {
        return List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Dstencil.name=vzpkg",
                "-Dstencil.home=" + Path.of("..").toAbsolutePath().normalize(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName());
    }

    private Finished inTerminal(String term, String before, List<String> words) throws IOException {
        return new HostPrograms()
                .run(Program.of(
                                "script",
                                "--quiet",
                                "--command",
                                before
                                        + Program.of(words.getFirst())
                                                .args(words.subList(1, words.size()))
                                                .shown(),
                                "/dev/null")
                        .env("STENCIL_ROOT", root.toString())
                        .env("TERM", term));
    }
}
