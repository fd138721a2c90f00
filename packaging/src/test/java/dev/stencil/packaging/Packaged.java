package dev.stencil.packaging;

import dev.stencil.fixtures.DebianRoot;
import dev.stencil.fixtures.SystemRoot;
import dev.stencil.linux.FileLock;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The packages of this build, which are made once and kept below {@code target}, and roots to install them in. */
final class Packaged {
    static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Path KEPT = HOME.resolve("target/installed");
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Packaged() {}

    /** Puts packages into the directory and returns it; those of a build and revision are made once, for all tests. */
    static Path make(Path directory, int revision, String... formats) throws IOException {
        for (String format : formats) {
            try (Stream<Path> files = Files.list(kept(revision, format))) {
                for (Path file : files.toList()) {
                    Files.copy(file, directory.resolve(file.getFileName()));
                }
            }
        }
        return directory;
    }

    private static Path kept(int revision, String format) throws IOException {
        Files.createDirectories(KEPT);
        try (FileLock _ =
                FileLock.exclusive(KEPT.resolve("packages-lock"), LIMIT).orElseThrow()) {
            Path ofBuild = KEPT.resolve("packages-" + build());
            if (!Files.exists(ofBuild)) {
                remove("packages-*/");
                Files.createDirectory(ofBuild);
            }
            Path made = ofBuild.resolve(format + "-" + revision);
            if (!Files.exists(made)) {
                Path beside = ofBuild.resolve("new-" + made.getFileName());
                makeAnew(beside, "--revision", Integer.toString(revision), format);
                Files.move(beside, made);
            }
            return made;
        }
    }

    /** Names what packages are made of: the jars, the Java that they come with, what lies beside them, the commit. */
    private static String build() throws IOException {
        return new HostPrograms()
                .run(Program.of(
                                "sh",
                                "-c",
                                """
                                set -e
                                cd "$1"
                                tools/build
                                {
                                    git log -1 --format=%H
                                    cat cli/target/stencil/java
                                    find cli/target/stencil/lib bin docs etc templates tools README.md CHANGELOG.md \\
                                        packaging/make packaging/tree packaging/deb packaging/files packaging/rpm packaging/tar \\
                                        -type f ! -path '*/__pycache__/*' -exec sha256sum {} + | sort
                                } | sha256sum | cut -c 1-16
                                """)
                        .args("build", HOME.toString())
                        .timeout(LIMIT))
                .orThrow()
                .text()
                .strip();
    }

    /** Makes packages, whether they are kept or not, and returns the directory that holds them. */
    static Path makeAnew(Path directory, String... words) throws IOException {
        new HostPrograms()
                .run(Program.of(HOME.resolve("packaging/make").toString(), "--output", directory.toString())
                        .args(words)
                        .timeout(LIMIT))
                .orThrow();
        return directory;
    }

    /** Removes what is kept below a name, which is a glob. */
    private static void remove(String name) throws IOException {
        new HostPrograms()
                .run(Program.of("sh", "-c", "cd \"$1\" && rm -rf --one-file-system " + name)
                        .args("remove", KEPT.toString()))
                .orThrow();
    }

    /**
     * Layers of {@link #debian} with the .deb installed, the upper one first. Installing is done once for all tests that do not look
     * at that.
     */
    static List<Path> installed(String... more) throws IOException {
        Path debian = debian(more);
        Path packages = kept(1, "deb");
        Path made = packages.resolveSibling("installed-" + debian.getParent().getFileName());
        try (FileLock _ = FileLock.exclusive(KEPT.resolve("lock"), LIMIT).orElseThrow()) {
            if (!Files.exists(made)) {
                Path beside = made.resolveSibling(made.getFileName() + ".new");
                remove(KEPT.relativize(beside).toString());
                SystemRoot.over(List.of(debian), Files.createDirectories(beside))
                        .succeed(packages, "dpkg --install /packages/stencil_*-1_amd64.deb");
                Files.move(beside, made);
            }
        }
        return List.of(made.resolve("upper"), debian);
    }

    /** The one file there with such a name. */
    static Path file(Path directory, String start, String end) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(start)
                                    && file.getFileName().toString().endsWith(end))
                    .toList();
            if (found.size() != 1) {
                throw new IOException(directory + " has " + found + " for " + start + "*" + end);
            }
            return found.getFirst();
        }
    }

    /** A root of the host's own Debian release: apt, dpkg and exactly what the package depends on, and {@code more}. */
    static Path debian(String... more) throws IOException {
        String packages = String.join(
                ",", Stream.concat(Stream.of(depends()), Stream.of(more)).toList());
        return DebianRoot.ofHostsRelease("apt", packages).kept();
    }

    private static String depends() throws IOException {
        return Files.readAllLines(HOME.resolve("packaging/deb/control")).stream()
                .filter(line -> line.startsWith("Depends: "))
                .map(line -> line.substring("Depends: ".length())
                        .replaceAll(" *\\([^)]*\\)", "")
                        .replace(" ", ""))
                .findFirst()
                .orElseThrow();
    }
}
