package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The quick commands load all their classes from the ahead-of-time cache and stay small. Counts, not times: a machine under
 * load must not fail this, a change that adds classes must. When it fails, look at what the named classes come from: a
 * record as a map key, a type switch, a formatter, the first system call.
 */
class StartupIT {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Path APP = HOME.resolve("cli/target/stencil");
    private static final int MOST_CLASSES = 1450;
    private static final int MOST_MEBIBYTES = 64;

    @TempDir
    static Path root;

    @BeforeAll
    static void buildAndSetUp() throws IOException {
        launcher("list").orThrow();
    }

    @Test
    void listLoadsNothingOutsideTheCache() throws IOException {
        assertThat(outsideTheCache("list"))
                .filteredOn(line ->
                        !line.contains("java.lang.invoke.DirectMethodHandle$1")) // the JDK's own, with every lambda
                .isEmpty();
    }

    @Test
    void infoLoadsAlmostNothingOutsideTheCache() throws IOException {
        assertThat(outsideTheCache("info", "debian-12-x86_64")).hasSizeLessThan(5);
    }

    @Test
    void listStaysSmall() throws IOException {
        Path log = root.resolve("classes");
        Files.deleteIfExists(log);
        logged(log, "list");

        try (Stream<String> lines = Files.lines(log)) {
            assertThat(lines.count()).isLessThan(MOST_CLASSES);
        }
    }

    @Test
    void listNeedsLittleMemory() throws IOException {
        assertThat(peakMebibytes()).isLessThan(MOST_MEBIBYTES);
    }

    @Test
    void lessonsAboutPackagesSucceeded() throws IOException {
        try (Stream<String> lines = Files.lines(APP.resolve("training-packages.log"))) {
            assertThat(lines.filter(line -> line.matches("\\d+ vzpkg .*")))
                    .hasSizeGreaterThan(3)
                    .allSatisfy(line -> assertThat(line).startsWith("0 "));
        }
    }

    /** Peak resident memory of a {@code list}, as the kernel accounts it to the parent. */
    private static long peakMebibytes() throws IOException {
        Finished done = new HostPrograms()
                .run(Program.of(
                                "python3",
                                "-c",
                                "import resource,subprocess,sys; subprocess.run([sys.argv[1],'list'],stdout=subprocess.DEVNULL);"
                                        + "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss//1024)",
                                bin())
                        .env("STENCIL_ROOT", root.toString()))
                .orThrow();
        return Long.parseLong(done.text().strip());
    }

    private static List<String> outsideTheCache(String... words) throws IOException {
        Path log = root.resolve("classes-" + words[0]);
        Files.deleteIfExists(log);
        logged(log, words);
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> !line.contains("source: shared objects file"))
                    .toList();
        }
    }

    /** As the launcher starts it, with a log of every class. */
    private static void logged(Path log, String... words) throws IOException {
        List<String> flags = new ArrayList<>(launcherFlags());
        flags.addAll(List.of(
                "-XX:AOTCache=" + APP.resolve(words[0].equals("list") ? "quick.aot" : "full.aot"),
                "-Xlog:class+load:file=" + log,
                "-Dstencil.name=vzpkg",
                "-Dstencil.home=" + HOME,
                "-cp",
                classPath(),
                "dev.stencil.cli.Main"));
        flags.addAll(List.of(words));
        new HostPrograms()
                .run(Program.of(Files.readString(APP.resolve("java")).strip())
                        .args(flags)
                        .env("STENCIL_ROOT", root.toString()))
                .orThrow();
    }

    private static List<String> launcherFlags() throws IOException {
        Finished flags = new HostPrograms()
                .run(Program.of(
                        "sh", "-c", "home=$0; . \"$home/tools/launch.sh\"; echo \"$jvm_flags\"", HOME.toString()))
                .orThrow();
        return List.of(flags.text().strip().split(" "));
    }

    private static String classPath() throws IOException {
        try (Stream<Path> jars = Files.list(APP.resolve("lib"))) {
            return String.join(":", jars.map(Path::toString).sorted().toList());
        }
    }

    private static Finished launcher(String... words) throws IOException {
        return new HostPrograms().run(Program.of(bin()).args(words).env("STENCIL_ROOT", root.toString()));
    }

    private static String bin() {
        return HOME.resolve("bin/vzpkg").toString();
    }
}
