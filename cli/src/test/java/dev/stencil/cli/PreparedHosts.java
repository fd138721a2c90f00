package dev.stencil.cli;

import dev.stencil.linux.FileLock;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Program;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Hosts with a cache, kept so that tests which only begin with one need not make it again. A kept host is the one that a
 * {@code STENCIL_ROOT} was after {@code vzpkg create cache}; it is found by what went into it: templates, settings, and Stencil's classes.
 * Layers are never written, so copies have hard links to their files, and of everything else files of their own. What the package
 * managers keep for themselves names the directory of the host, so it is left out, and made anew by who asks first.
 */
final class PreparedHosts {
    private static final Path KEPT = Path.of("/var/tmp/stencil-tests/prepared");
    private static final Path LAYERS = Path.of("vz/template/stencil/layers");
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** Digest of the classes: what other classes have made is no use, and goes. */
    private static final String CLASSES = classes();

    /** What this JVM has hard links to. */
    private static final Set<Path> USED = new LinkedHashSet<>();

    private PreparedHosts() {}

    /** Makes a cache by hand. */
    interface Maker {
        void make() throws IOException;
    }

    /** Brings {@code root}, where nothing was made yet, to the state after {@code maker}, which is called if no such host is kept. */
    static void prepare(Path root, String template, Maker maker) throws IOException {
        Path ofClasses = KEPT.resolve(CLASSES);
        Files.createDirectories(ofClasses);
        Files.setLastModifiedTime(ofClasses, FileTime.from(Instant.now())); // see removeThoseOfOtherClasses
        Path kept = ofClasses.resolve(template + "-" + inputs(root));
        try (FileLock _ =
                FileLock.exclusive(ofClasses.resolve(template + ".lock"), LIMIT).orElseThrow()) {
            if (!Files.exists(kept)) {
                removeThoseOfOtherClasses();
                maker.make();
                shell(
                        "rm -rf --one-file-system \"$1\"",
                        ofClasses.resolve("new").toString());
                copy(root, ofClasses.resolve("new"));
                requireNoTrace(root, ofClasses.resolve("new"));
                Files.writeString(ofClasses.resolve("new/state"), state(ofClasses.resolve("new")));
                Files.move(ofClasses.resolve("new"), kept);
                USED.add(kept);
                return;
            }
        }
        requireUnchanged(kept);
        USED.add(kept);
        copy(kept, root);
        Files.delete(root.resolve("state"));
    }

    /** Fails if the test that was just run, or one at the same time, has written to what others start from. */
    static void requireUnchanged() throws IOException {
        for (Path kept : USED) {
            requireUnchanged(kept);
        }
    }

    private static void requireUnchanged(Path kept) throws IOException {
        if (!Files.readString(kept.resolve("state")).equals(state(kept))) {
            throw new IOException("A test has changed files of layers that it shares with " + kept + "; remove that.");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        shell(
                """
                mkdir -p "$2/$3"
                cp -a --link "$1/$3/." "$2/$3/"
                tar --create --directory="$1" --exclude="./$3" --exclude=pm --exclude=./var/log/* . | tar --extract --preserve-permissions --directory="$2"
                """,
                from.toString(),
                to.toString(),
                LAYERS.toString());
    }

    /** Whether the copy could lie anywhere. */
    private static void requireNoTrace(Path root, Path copy) throws IOException {
        String traces = shell(
                "grep -rl --exclude-dir=\"$3\" -e \"$1\" \"$2\" || [ $? = 1 ]",
                root.toString(),
                copy.toString(),
                "layers");
        if (!traces.isEmpty()) {
            throw new IOException("A kept host names the directory where it was made in " + traces);
        }
    }

    /** Size, time, mode and owner of all files of layers. */
    private static String state(Path host) throws IOException {
        return shell(
                "cd \"$1/$2\" && find . -type f -printf '%p %s %T@ %m %U:%G\\n' | sort",
                host.toString(), LAYERS.toString());
    }

    /** Whatever a template or a setting says; where the host lies must not matter. */
    private static String inputs(Path root) throws IOException {
        String text = shell(
                "cd \"$1\" && find . -type f -exec sha256sum {} + | sort && find . -type l -printf '%p %l\\n' | sort",
                root.toString());
        return digest(text);
    }

    private static String classes() {
        var text = new StringBuilder();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            try (Stream<Path> files = Files.walk(Path.of(entry))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    text.append(file)
                            .append(' ')
                            .append(Files.getLastModifiedTime(file))
                            .append('\n');
                }
            } catch (IOException isNotThere) {
                text.append(entry).append('\n');
            }
        }
        return digest(text.toString());
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Not those that were used in the last hours: another checkout may be at work. */
    private static void removeThoseOfOtherClasses() throws IOException {
        shell(
                "find \"$1\" -mindepth 1 -maxdepth 1 ! -name \"$2\" -mmin +180 -exec rm -rf --one-file-system {} +",
                KEPT.toString(),
                CLASSES);
    }

    private static String shell(String script, String... arguments) throws IOException {
        return new HostPrograms()
                .run(Program.of("bash", "-c", "set -euo pipefail\n" + script, "sh")
                        .args(List.of(arguments)))
                .orThrow()
                .text();
    }
}
