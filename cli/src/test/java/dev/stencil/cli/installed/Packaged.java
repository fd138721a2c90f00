package dev.stencil.cli.installed;

import dev.stencil.fixtures.DebianRoot;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The packages of this build, and fresh roots to install them in. */
final class Packaged {
    static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Packaged() {}

    /** Makes packages and returns the directory that holds them. */
    static Path make(Path directory, String... words) throws IOException {
        new HostPrograms()
                .run(Program.of(HOME.resolve("packaging/make").toString(), "--output", directory.toString())
                        .args(words)
                        .timeout(LIMIT))
                .orThrow();
        return directory;
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
