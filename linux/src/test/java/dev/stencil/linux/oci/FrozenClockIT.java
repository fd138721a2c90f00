package dev.stencil.linux.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs in a sandbox take for now, by either runtime. */
class FrozenClockIT {
    private static final Instant CLOCK = Instant.parse("2026-05-04T03:02:01Z");

    private final HostPrograms host = new HostPrograms();

    @TempDir
    Path directory;

    @Test
    void itIsAlwaysTheSameSecond_alsoForProgramsWithoutAnEnvironment() throws IOException {
        Path root = TinyRoot.make(directory.resolve("root"));

        for (OciRuntime runtime : runtimes()) {
            try (Sandbox sandbox = open(runtime, root)) {
                assertThat(shell(sandbox, "date +%s.%N; sleep 0.01; env -i date +%s.%N"))
                        .isEqualTo(CLOCK.getEpochSecond() + ".000000000\n" + CLOCK.getEpochSecond() + ".000000000\n");
                assertThat(shell(sandbox, "echo $SOURCE_DATE_EPOCH")).isEqualTo(CLOCK.getEpochSecond() + "\n");
            }
        }
    }

    @Test
    void timeStampsOfFilesAreTheKernels_andStopwatchesRun() throws IOException {
        Path root = TinyRoot.make(directory.resolve("root"));

        try (Sandbox sandbox = open(OciRuntime.find(), root)) {
            shell(sandbox, "touch /tmp/now");
        }

        assertThat(Files.getLastModifiedTime(root.resolve("tmp/now")).toInstant())
                .isAfter(CLOCK);
    }

    @Test
    void nothingIsLeftInTheRoot() throws IOException {
        Path root = TinyRoot.make(directory.resolve("root"));

        try (Sandbox sandbox = open(OciRuntime.find(), root)) {
            shell(sandbox, "true");
        }

        assertThat(root.resolve(FrozenClock.PRELOAD)).doesNotExist();
        assertThat(root.resolve("dev/stencil-clock")).doesNotExist();
    }

    /** The code for machines of 32 bits cannot run without their C library; what it says is checked by the assembler's reader. */
    @Test
    void theListingsSayWhatTheirBytesDo() throws IOException {
        Assumptions.assumeTrue(HostPrograms.find("objdump").isPresent(), "objdump is not installed");

        for (ClockLibrary library : ClockLibrary.values()) {
            Path code = Files.write(directory.resolve(library + ".bin"), library.code());
            String machine = library == ClockLibrary.X86_64 ? "i386:x86-64" : "i386";
            List<String> read = host.run(
                            Program.of("objdump", "-D", "-b", "binary", "-m", machine, "-M", "intel", code.toString()))
                    .orThrow()
                    .text()
                    .lines()
                    .filter(line -> line.contains(":\t"))
                    .toList();

            assertThat(read).noneMatch(line -> line.contains("(bad)"));
            assertThat(mnemonics(read)).containsExactlyElementsOf(library.mnemonics());
        }
    }

    private static List<String> mnemonics(List<String> lines) {
        return lines.stream()
                .map(line -> line.split("\t"))
                .filter(columns -> columns.length > 2)
                .map(columns -> columns[2].strip().split(" ")[0].replace("movabs", "mov"))
                .toList();
    }

    private Sandbox open(OciRuntime runtime, Path root) throws IOException {
        var options = SandboxOptions.in(directory.resolve("state")).clock(CLOCK);
        return Sandbox.open(runtime, host, root, options);
    }

    private static List<OciRuntime> runtimes() throws IOException {
        return Stream.of(Optional.of(OciRuntime.find()), OciRuntime.crun())
                .flatMap(Optional::stream)
                .toList();
    }

    private static String shell(Sandbox sandbox, String commands) throws IOException {
        return sandbox.run(Program.of("sh", "-c", commands)).orThrow().text();
    }
}
