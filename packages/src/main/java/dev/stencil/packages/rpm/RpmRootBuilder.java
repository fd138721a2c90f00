package dev.stencil.packages.rpm;

import dev.stencil.host.Progress;
import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Program;
import dev.stencil.linux.Root;
import dev.stencil.packages.PackageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Makes a system out of packages in an empty directory by the rpm of this host, which runs in a sandbox with the directory as
 * its root for installation: one transaction for each list of packages.
 *
 * <p>Where the database is to lie is for the distribution to say, in macros that some package brings. So rpm keeps it at a
 * place of ours until they are there, then it is put where they want it. No file of a package is in its way meanwhile. What
 * wants another format than {@code sqlite} keeps it there to the end, when {@link OwnDatabase} has its own rpm write it anew.
 */
final class RpmRootBuilder {
    /** Where the database lies while the root is made, relative to it. */
    static final String WORK_DATABASE = ".stencil-rpmdb";

    private static final String USUAL_PLACE = "var/lib/rpm";

    private final Root root;
    private final RpmRun rpm;
    private final Function<PackageFile, Path> inside;
    private final Function<PackageFile, Path> stored;

    /**
     * @param rpm where {@link RpmTools#TARGET} is the root
     * @param inside where rpm finds a package's file
     * @param stored where this host finds it
     */
    RpmRootBuilder(Root root, RpmRun rpm, Function<PackageFile, Path> inside, Function<PackageFile, Path> stored) {
        this.root = root;
        this.rpm = rpm;
        this.inside = inside;
        this.stored = stored;
    }

    /** The package database exists, empty. */
    void begin() throws IOException {
        root.makeDirectory(WORK_DATABASE, Mode.DIRECTORY, Owner.ROOT);
    }

    /** One transaction of exactly these packages, which come in an order that only depends on them. */
    void install(List<PackageFile> files, Progress.Task task) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        List<PackageFile> sorted = inOrder(files);
        String place = place();
        Program install = RpmQuery.rpm("rpm", "--root", RpmTools.TARGET)
                .args(RpmMacros.of(root)
                        .with("_dbpath", "/" + place)
                        .with("_db_backend", RpmDatabase.Format.SQLITE.backend())
                        .options())
                // Digest and signature of each file were checked when it was fetched.
                .args("--define", "_pkgverify_level none", "-U", "-v", "--nosignature", "--oldpackage")
                .args(sorted.stream().map(file -> inside.apply(file).toString()).toList());
        rpm.require(install, "install packages", sorted.stream().map(stored).toList(), task);
        if (RpmDatabase.keptBy(root).isEmpty()) {
            settle(place);
        }
    }

    /** Where the database lies now. */
    private String place() throws IOException {
        return root.isDirectory(WORK_DATABASE)
                ? WORK_DATABASE
                : RpmDatabase.find(root)
                        .map(RpmDatabase::directory)
                        .orElseThrow(() -> new IOException("the root has no package database"));
    }

    /** Puts the database where the macros of the new system want it, and leaves nothing of rpm's work beside it. */
    private void settle(String place) throws IOException {
        String wanted = RpmMacros.of(root)
                .values()
                .getOrDefault("_dbpath", "/" + USUAL_PLACE)
                .substring(1);
        root.makeDirectories(wanted, Mode.DIRECTORY, Owner.ROOT);
        for (String name : root.list(place)) {
            if (!isContent(place, name)) {
                root.delete(place + "/" + name);
            } else if (!place.equals(wanted)) {
                root.rename(place + "/" + name, wanted + "/" + name);
            }
        }
        if (place.equals(WORK_DATABASE)) {
            root.deleteTree(WORK_DATABASE);
        }
    }

    /** The log of sqlite is empty once rpm has ended well. */
    private boolean isContent(String place, String name) throws IOException {
        boolean isEmptyLog = name.endsWith("-wal")
                && root.status(place + "/" + name)
                        .filter(status -> status.size() == 0)
                        .isPresent();
        return !isEmptyLog && !name.endsWith("-shm") && !name.startsWith(".");
    }

    /** An order that only depends on what the packages are. */
    static List<PackageFile> inOrder(List<PackageFile> files) {
        List<PackageFile> sorted = new ArrayList<>(files);
        sorted.sort(Comparator.comparing((PackageFile file) -> file.name().name())
                .thenComparing(file -> file.name().arch())
                .thenComparing(file -> file.name().version()));
        return sorted;
    }
}
