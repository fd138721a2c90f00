package dev.stencil.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TinyMirror;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.host.Digest;
import dev.stencil.host.Progress;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process of ours is killed without warning; the next one goes on from what it left. */
@Timeout(120)
class KilledIT {
    @TempDir
    Path directory;

    /** A length that no other test on this machine asks for at the same time. */
    private static final String SLEEP = "sleep 299." + System.nanoTime();

    private TinyArchive archive;

    @BeforeEach
    void offer() throws IOException {
        archive = TinyArchive.in(directory);
        byte[] noise = new byte[400_000];
        new Random(5).nextBytes(noise);
        String text = java.util.Base64.getEncoder().encodeToString(noise);
        archive.repository
                .addBase()
                .add(TinyPackage.named("large").file("/usr/share/large", text))
                .add(TinyPackage.named("slow").script("postinst", "touch /var/begun\n" + SLEEP))
                .publish();
    }

    /** The child's whole work; arguments: directory, repository record, keyring, name of a package. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            AptPackageManager manager = TinyArchive.manager(directory);
            List<Path> keyrings = List.of(Path.of(arguments[2]));
            PackageSource source = TinyArchive.source(directory, arguments[1], keyrings, List.of());
            Resolution resolution = manager.resolve(source, new PackageRequest.Install(List.of(arguments[3])));
            manager.fetch(source, resolution, Progress.NONE);
            Path root = Files.createDirectory(directory.resolve("killed"));
            manager.populate(source, root, resolution, TinyArchive.NO_HOOKS, Progress.NONE);
        }
    }

    private Process startChild(String record, String name) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        Child.class.getName(),
                        directory.toString(),
                        record,
                        archive.repository.keyring().toString(),
                        name)
                .inheritIO()
                .start();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition, Process child) throws Exception {
        while (!condition.holds()) {
            assertThat(child.isAlive()).as("the child is at work").isTrue();
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    /** Whether some of the large package has arrived, whatever else is on its way. */
    private boolean hasPart() throws IOException {
        Path store = directory.resolve("store");
        if (!Files.exists(store)) {
            return false;
        }
        Path large = archive.repository.debs().stream()
                .filter(deb -> deb.getFileName().toString().startsWith("large_"))
                .findFirst()
                .orElseThrow();
        String part = Digest.ofFile(large) + ".deb.part";
        try (Stream<Path> files = Files.walk(store)) {
            return files.anyMatch(file -> file.endsWith(part) && file.toFile().length() > 0);
        }
    }

    @Test
    void duringAFetch_leavesWhatIsThereToBeResumed() throws Exception {
        try (TinyMirror mirror = TinyMirror.serving(archive.repository.directory())) {
            PackageSource source = archive.source(mirror.record());
            archive.manager.refresh(source, Freshness.ALWAYS, Progress.NONE);
            mirror.breaks("large_1.0_all.deb", TinyMirror.Fault.TRUNCATE);
            Process child = startChild(mirror.record(), "large");
            await(this::hasPart, child);
            child.destroyForcibly().waitFor();
            mirror.mend();
            int before = mirror.requests().size();

            Resolution resolution = archive.manager.resolve(source, new PackageRequest.Install(List.of("large")));
            archive.manager.fetch(source, resolution, Progress.NONE);

            assertThat(resolution.install()).allMatch(archive.store::has);
            assertThat(mirror.requests().stream().skip(before))
                    .anyMatch(request -> request.contains("large_1.0_all.deb bytes="));
        }
    }

    @Test
    void whileAScriptRuns_takesTheScriptAlong_andTheNextRootIsMade() throws Exception {
        archive.resolve("slow");
        Process child = startChild(archive.repository.record(), "slow");
        await(() -> Files.exists(directory.resolve("killed/var/begun")), child);
        child.destroyForcibly().waitFor();

        Path root = archive.populate("next", "large");

        assertThat(root.resolve("usr/share/large")).exists();
        assertThat(sleepers()).as("nothing of the killed build is left").isZero();
    }

    private static long sleepers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").endsWith(SLEEP))
                .count();
    }
}
