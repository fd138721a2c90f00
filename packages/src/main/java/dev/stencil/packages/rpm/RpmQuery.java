package dev.stencil.packages.rpm;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.Root;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.PackageName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the package database of a root with the rpm of this host, from a copy: the root is not touched. */
final class RpmQuery {
    static final String FORMAT = "%{NAME}\\t%{EPOCHNUM}\\t%{VERSION}-%{RELEASE}\\t%{ARCH}\\t%{SUMMARY}\\n";
    /** A line of its own for each file, told from those of {@link #FORMAT} by a first field that is empty. */
    private static final String FILES = "[\\t%{FILENAMES}\\n]";
    /** Public keys that rpm keeps among the packages. */
    private static final String KEY = "gpg-pubkey";

    private final ProgramRunner host;
    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    RpmQuery(ProgramRunner host) {
        this.host = host;
    }

    /**
     * What a database said while its files were in that state: an operation asks for packages and for their files before and
     * after it changes anything, and most of an answer's cost is copying the database and starting rpm.
     */
    private record Known(List<Optional<FileStatus>> state, List<InstalledPackage> packages, List<String> files) {
        static final Known NOTHING = new Known(List.of(), List.of(), List.of());
    }

    /** A run of one of rpm's programs that reads no settings but its own package's. */
    static Program rpm(String program, String... arguments) {
        return Program.of(program, "--macros=/usr/lib/rpm/macros")
                .args(arguments)
                .env("HOME", "/nonexistent");
    }

    /** All packages, in the database's order; none where there is no database. */
    List<InstalledPackage> installed(Path path) {
        return everything(path).packages();
    }

    /** Every path that installed packages list. */
    List<String> files(Path path) {
        return everything(path).files();
    }

    private Known everything(Path path) {
        return ask(path, Known.NOTHING, (root, database) -> everything(path, root, database));
    }

    private Known everything(Path path, Root root, RpmDatabase database) throws IOException {
        List<Optional<FileStatus>> state = database.state(root);
        Known former = known.get(path);
        if (former != null && former.state().equals(state)) {
            return former;
        }
        Finished done = query(root, database, List.of("-qa", "--qf", FORMAT + FILES));
        requireWhole(path, done);
        Known now = parse(state, done.text());
        known.put(path, now);
        return now;
    }

    /** What is asked of a database that is there. */
    @FunctionalInterface
    private interface Question<T> {
        T of(Root root, RpmDatabase database) throws IOException;
    }

    /** The answer of the root at {@code path}, or {@code none} where it has no database. */
    private static <T> T ask(Path path, T none, Question<T> question) {
        try (Root root = Root.open(path)) {
            Optional<RpmDatabase> database = RpmDatabase.find(root);
            return database.isEmpty() ? none : question.of(root, database.get());
        } catch (IOException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, "Cannot read the package database of " + path + ": " + e.getMessage(), e);
        }
    }

    private Finished query(Root root, RpmDatabase database, List<String> words) throws IOException {
        try (RpmScratch copy = RpmScratch.copy(root, database, host)) {
            return host.run(rpm("rpm", "--dbpath", copy.database().toString(), "--nosignature")
                    .args(words));
        }
    }

    /** In one go, for there are ten thousand lines and more. */
    private static Known parse(List<Optional<FileStatus>> state, String text) {
        List<InstalledPackage> packages = new ArrayList<>();
        List<String> files = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int newline = text.indexOf('\n', at);
            int end = newline < 0 ? text.length() : newline;
            if (text.charAt(at) == '\t') {
                files.add(text.substring(at + 1, end));
            } else {
                installed(text.substring(at, end)).ifPresent(packages::add);
            }
            at = end + 1;
        }
        return new Known(state, packages, files);
    }

    /** Every path that the installed packages of these exact words list. */
    List<String> files(Path path, List<String> names) {
        List<String> words = new ArrayList<>(List.of("--qf", "[%{FILENAMES}\\n]", "-q"));
        words.addAll(names);
        return ask(path, List.of(), (root, database) -> {
            Finished done = query(root, database, words);
            return done.isSuccess() ? done.text().lines().toList() : List.of();
        });
    }

    /** Lines of {@link #FORMAT}; others are passed over. */
    static List<InstalledPackage> read(String text) {
        return parse(List.of(), text).packages();
    }

    private static Optional<InstalledPackage> installed(String line) {
        String[] fields = line.split("\t", 5);
        return fields.length == 5 && !fields[0].isEmpty() && !fields[0].equals(KEY)
                ? Optional.of(new InstalledPackage(name(fields), fields[4]))
                : Optional.empty();
    }

    private static PackageName name(String[] fields) {
        String version = fields[1].equals("0") ? fields[2] : fields[1] + ":" + fields[2];
        return new PackageName(fields[0], version, fields[3]);
    }

    /** The package that a file holds. */
    PackageName nameOf(Path file) throws IOException {
        Finished done = host.run(rpm("rpm", "-qp", "--nosignature", "--qf", FORMAT, file.toString()));
        String[] fields = done.text().strip().split("\t", 5);
        if (!done.isSuccess() || fields.length < 4) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, file + " is not an rpm package: " + DnfWords.errors(done));
        }
        return name(fields);
    }

    /** The newest time in these package files: of their making, and of what is in them. */
    Instant newest(List<Path> files) {
        if (files.isEmpty()) {
            return Instant.EPOCH;
        }
        try {
            Finished done = host.run(
                    rpm("rpm", "-qp", "--nosignature", "--nodigest", "--qf", "%{BUILDTIME}\\n[%{FILEMTIMES}\\n]")
                            .args(files.stream().map(Path::toString).toList()));
            return done.orThrow()
                    .text()
                    .lines()
                    .map(Long::parseLong)
                    .map(Instant::ofEpochSecond)
                    .max(Instant::compareTo)
                    .orElse(Instant.EPOCH);
        } catch (IOException | NumberFormatException e) {
            throw new StencilException(Fault.PACKAGE_MANAGER, "Cannot read a fetched package: " + e.getMessage(), e);
        }
    }

    /** rpm may answer with what it could still read and say so on the side only. */
    private static void requireWhole(Path path, Finished done) {
        String words = DnfWords.errors(done);
        boolean isDamaged = done.stderrEnd().contains("error:");
        if (!done.isSuccess() || isDamaged) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER,
                    "The package database of " + path + " is damaged or of a format that this host's rpm cannot read: "
                            + words + ". It is left as it is; \"rpmdb --rebuilddb\" inside may repair it.");
        }
    }
}
