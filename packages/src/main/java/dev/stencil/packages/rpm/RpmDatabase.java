package dev.stencil.packages.rpm;

import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * rpm's database in a root: where it lies and in which format.
 *
 * @param directory relative to the root
 * @param files those that hold the packages; locks and shared memory are not among them
 */
record RpmDatabase(String directory, Format format, List<String> files) {
    /** New distributions keep it below {@code /usr}, with a link at the old place. */
    private static final List<String> PLACES = List.of("usr/lib/sysimage/rpm", "var/lib/rpm");

    /** Held while a transaction runs. */
    static final List<String> LOCKS =
            PLACES.stream().map(place -> place + "/.rpm.lock").toList();

    /** A backend of rpm, known by the name of its main file. */
    enum Format {
        SQLITE("sqlite", "rpmdb.sqlite"),
        NDB("ndb", "Packages.db"),
        BDB("bdb", "Packages");

        private final String backend;
        private final String mainFile;

        Format(String backend, String mainFile) {
            this.backend = backend;
            this.mainFile = mainFile;
        }

        String mainFile() {
            return mainFile;
        }

        /** As {@code %_db_backend} names it. */
        String backend() {
            return backend;
        }
    }

    RpmDatabase {
        files = List.copyOf(files);
    }

    /** Empty when the root has none yet. */
    static Optional<RpmDatabase> find(Root root) throws IOException {
        for (String place : PLACES) {
            List<String> names = root.list(place);
            for (Format format : Format.values()) {
                if (names.contains(format.mainFile)) {
                    return Optional.of(new RpmDatabase(place, format, content(names)));
                }
            }
        }
        return Optional.empty();
    }

    /** Its files as they are now; another transaction leaves another state. */
    List<Optional<FileStatus>> state(Root root) throws IOException {
        List<Optional<FileStatus>> state = new ArrayList<>();
        for (String file : files) {
            state.add(root.status(directory + "/" + file));
        }
        return state;
    }

    /**
     * The format that the rpm in {@code root} keeps its database in, if there is one that keeps it in another than the rpm of
     * the tools writes. Systems of rpm before 4.14 have no word for theirs: it is {@code bdb}. Their rpm would take what was
     * written for an empty database.
     */
    static Optional<String> keptBy(Root root) throws IOException {
        if (!root.exists("usr/lib/rpm/macros") || !root.exists("usr/bin/rpm")) {
            return Optional.empty();
        }
        String backend = RpmMacros.of(root).values().getOrDefault("_db_backend", Format.BDB.backend);
        return Optional.of(backend).filter(name -> !name.equals(Format.SQLITE.backend));
    }

    /**
     * Removes what rpm's work has left beside the database of {@code root}, in which nobody works any more: it is another
     * each time, and a system without it is the same.
     */
    static void tidy(Root root) throws IOException {
        Optional<RpmDatabase> found = find(root);
        if (found.isEmpty()) {
            return;
        }
        String directory = found.get().directory();
        for (String name : root.list(directory)) {
            String file = directory + "/" + name;
            boolean isEmptyLog = name.endsWith("-wal")
                    && root.status(file).filter(status -> status.size() == 0).isPresent();
            if (isEmptyLog || name.endsWith("-shm")) {
                root.delete(file);
            }
        }
    }

    private static List<String> content(List<String> names) {
        return names.stream()
                .filter(name -> !name.endsWith("-shm") && !name.startsWith("__db") && !name.startsWith("."))
                .toList();
    }
}
