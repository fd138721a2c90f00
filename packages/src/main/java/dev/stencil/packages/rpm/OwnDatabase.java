package dev.stencil.packages.rpm;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.Root;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Has the rpm of a finished root write the package database itself, in its own format and at its own place, where these are
 * not what the rpm of the tools can write: {@code bdb} of old systems, {@code ndb} of openSUSE (decision 0084).
 */
final class OwnDatabase {
    /** Where the package store is inside. */
    static final String PACKAGES = "/.stencil-packages";

    private final Root root;

    OwnDatabase(Root root) {
        this.root = root;
    }

    /** Whether the root has an rpm that would not read what was written for it. */
    boolean isNeeded() throws IOException {
        return RpmDatabase.keptBy(root).isPresent();
    }

    /** The place for the package store, which the sandbox is to mount there; {@link #end} takes it away. */
    void begin() throws IOException {
        root.makeDirectory(PACKAGES.substring(1), Mode.DIRECTORY, Owner.ROOT);
    }

    /**
     * Replaces the database that the tools wrote.
     *
     * @param inside runs programs of the root
     * @param path where a package's file lies below {@link #PACKAGES}
     */
    void write(List<PackageFile> files, ProgramRunner inside, Function<PackageFile, Path> path) throws IOException {
        String format = RpmDatabase.keptBy(root).orElseThrow();
        forgetWritten();
        // Signatures were checked when the files were fetched; scriptlets have run.
        Program record = Program.of("rpm", "-U", "--justdb", "--nodeps", "--noscripts", "--notriggers")
                .args("--nosignature", "--nodigest", "--ignoresize", "--ignorearch", "--ignoreos", "--oldpackage")
                .args(RpmRootBuilder.inOrder(files).stream()
                        .map(file -> path.apply(file).toString())
                        .toList());
        Finished done = inside.run(record.env("HOME", "/root"));
        if (!done.isSuccess()) {
            throw refused(format, DnfWords.errors(done));
        }
        requireAll(files, inside, format);
    }

    void end() throws IOException {
        Files.delete(root.path().resolve(PACKAGES.substring(1))); // refused while anything is in it
        for (RpmDatabase database : RpmDatabase.find(root).stream().toList()) {
            for (String name : root.list(database.directory())) {
                if (name.startsWith("__db") || name.startsWith(".")) {
                    root.delete(database.directory() + "/" + name); // shared memory and locks of a run that has ended
                }
            }
        }
    }

    private void forgetWritten() throws IOException {
        root.deleteTree(RpmRootBuilder.WORK_DATABASE);
        for (RpmDatabase database : RpmDatabase.find(root).stream().toList()) {
            for (String name : root.list(database.directory())) {
                root.delete(database.directory() + "/" + name);
            }
        }
    }

    /** What its own rpm finds in the end counts. */
    private void requireAll(List<PackageFile> files, ProgramRunner inside, String format) throws IOException {
        Finished done = inside.run(Program.of("rpm", "-qa", "--nosignature", "--qf", RpmQuery.FORMAT)
                .env("HOME", "/root"));
        Set<PackageName> expected = new TreeSet<>(java.util.Comparator.comparing(PackageName::toString));
        files.forEach(file -> expected.add(file.name()));
        Set<PackageName> found = new TreeSet<>(java.util.Comparator.comparing(PackageName::toString));
        RpmQuery.read(done.text()).forEach(installed -> found.add(installed.name()));
        if (!done.isSuccess() || !found.equals(expected)) {
            throw refused(format, "it has " + found.size() + " of " + expected.size() + " packages in it afterwards");
        }
        if (RpmDatabase.find(root).isEmpty()) {
            throw refused(format, "it is nowhere where it could be read");
        }
    }

    private static StencilException refused(String format, String why) {
        return new StencilException(
                Fault.PACKAGE_MANAGER,
                "The system's own rpm could not write its package database, which is of the format " + format + ": "
                        + why);
    }
}
