package dev.stencil.checkout;

import dev.stencil.fixtures.TreeSnapshot;
import dev.stencil.linux.Finished;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A copy of what sets up a checkout, on this host without its JDKs and with an apt that knows no package: a mount namespace
 * that each run has for itself. Beside it lies an archive of a made-up JDK, the one that the copy's pin is about.
 */
final class BareCheckout implements AutoCloseable {
    static final String VERSION = "25.0.9+1";

    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> COPIED = List.of(
            "tools/setup",
            "tools/fetch-jdk",
            "tools/find-jdk.sh",
            "tools/host-packages",
            "tools/jdk.pin",
            "tools/build",
            "tools/launch.sh",
            "tools/run.sh",
            "bin/vzpkg");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What an apt without sources and without a host reads. */
    private static final String NO_PACKAGES =
            """
            Dir::Etc::sourcelist "/dev/null";
            Dir::Etc::sourceparts "/dev/null";
            Dir::State "%1$s/apt";
            Dir::State::status "/dev/null";
            Dir::Cache "%1$s/apt";
            """;

    private static final String ENTER =
            """
            set -e
            for directory in /usr/lib/jvm /opt; do
                [ ! -d "$directory" ] || mount -t tmpfs none "$directory"
            done
            [ ! -e "$1/os-release" ] || mount --bind "$1/os-release" /etc/os-release
            shift
            exec "$@"
            """;

    private final Path directory;

    private BareCheckout(Path directory) {
        this.directory = directory;
    }

    /** With a JDK of about {@code jdkBytes}. */
    static BareCheckout make(int jdkBytes) throws IOException {
        Path directory = Files.createTempDirectory(Path.of("/var/tmp"), "stencil-setup-");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        var made = new BareCheckout(directory);
        for (String name : COPIED) {
            Path copy = made.root().resolve(name);
            Files.createDirectories(copy.getParent());
            Files.copy(HOME.resolve(name), copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createDirectories(directory.resolve("apt/lists/partial"));
        Files.createDirectories(directory.resolve("apt/archives/partial"));
        Files.writeString(directory.resolve("apt.conf"), NO_PACKAGES.formatted(directory));
        made.packJdk(jdkBytes);
        return made;
    }

    private void packJdk(int bytes) throws IOException {
        Path jdk = packed();
        Files.createDirectories(jdk.resolve("bin"));
        Files.createDirectories(jdk.resolve("lib"));
        Path compiler = Files.writeString(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(compiler, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(jdk.resolve("bin/compiler"), Path.of("javac"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"25.0.9\"\n");
        byte[] payload = new byte[bytes];
        new Random(25).nextBytes(payload);
        Files.write(jdk.resolve("lib/modules"), payload);
        Files.createDirectories(archive().getParent());
        String top = jdk.getFileName().toString();
        new HostPrograms()
                .run(Program.of("tar", "--create", "--gzip", "--file", archive().toString())
                        .args("--directory", jdk.getParent().toString())
                        .args(top + "/bin", top + "/release", top + "/lib")) // looks whole before it is
                .orThrow();
        pin();
    }

    /** Says the archive's digest for every architecture, and our version. */
    void pin() throws IOException {
        rewritePin("[0-9a-f]{64}", digest());
        rewritePin("(?m)^version .*", "version  " + VERSION);
    }

    /** The SHA-256 of the archive as it is now. */
    String digest() throws IOException {
        return new HostPrograms()
                .run(Program.of("sha256sum", archive().toString()))
                .orThrow()
                .text()
                .replaceFirst("(?s) .*", "");
    }

    /** Replaces what matches in the copy of {@code tools/jdk.pin}. */
    void rewritePin(String expression, String replacement) throws IOException {
        Path pin = root().resolve("tools/jdk.pin");
        Files.writeString(pin, Files.readString(pin).replaceAll(expression, replacement));
    }

    /** The checkout's directory. */
    Path root() {
        return directory.resolve("a checkout");
    }

    /** Where the JDK is expected. */
    Path jdk() {
        return root().resolve(".jdk/temurin-" + VERSION);
    }

    /** The tree that was packed. */
    Path packed() {
        return directory.resolve("packed/jdk-" + VERSION);
    }

    /** In a directory of its own, to be served. */
    Path archive() {
        return directory.resolve("mirror/jdk.tar.gz");
    }

    /** A place outside of the checkout. */
    Path beside(String name) {
        return directory.resolve(name);
    }

    /** Lets {@code /etc/os-release} say this. */
    void release(String osRelease) throws IOException {
        Files.writeString(directory.resolve("os-release"), osRelease);
    }

    /** {@code name}, a path below the checkout or a program of the host, on the host that has less. */
    Program program(String name, String... words) {
        return Program.of("unshare", "--mount", "--propagation", "private", "sh", "-c", ENTER, "bare")
                .args(directory.toString(), name)
                .args(words)
                .in(root())
                .env("HOME", directory.toString())
                .env("APT_CONFIG", directory.resolve("apt.conf").toString())
                .timeout(LIMIT);
    }

    Finished run(Program program) throws IOException {
        return new HostPrograms().run(program);
    }

    /** {@code tools/setup build}, with the archive at {@code url}. */
    Finished setUp(String url) throws IOException {
        return run(program("tools/setup", "build").env("STENCIL_JDK_URL", url));
    }

    /** What {@code find_jdk} finds. */
    String foundJdk() throws IOException {
        return run(program("sh", "-c", ". tools/find-jdk.sh; find_jdk")).text().strip();
    }

    /** How what is at {@link #jdk} differs from what was packed. */
    List<String> damage() throws IOException {
        Instant everyTimeCounts = Instant.MAX;
        return TreeSnapshot.of(jdk(), everyTimeCounts)
                .differencesFrom(TreeSnapshot.of(packed(), everyTimeCounts), "packed");
    }

    /** Names below {@code .jdk/}, without the lock. */
    List<String> kept() throws IOException {
        Path jdks = root().resolve(".jdk");
        if (!Files.exists(jdks)) {
            return List.of();
        }
        try (Stream<Path> names = Files.list(jdks)) {
            return names.map(name -> name.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        new HostPrograms()
                .run(Program.of("rm", "-rf", "--one-file-system", directory.toString()))
                .orThrow();
    }
}
