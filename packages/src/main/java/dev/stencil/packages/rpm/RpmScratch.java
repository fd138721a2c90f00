package dev.stencil.packages.rpm;

import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A directory of ours that stands for a root while dnf thinks or rpm reads: with a copy of its database, or empty. */
final class RpmScratch implements AutoCloseable {
    /** Where the copy lies in {@link #root}. */
    static final String DATABASE = "var/lib/rpm";

    private static final String HISTORY = "var/lib/dnf";

    private final Path directory;

    private RpmScratch(Path directory) {
        this.directory = directory;
    }

    /** An empty root. */
    static RpmScratch make() throws IOException {
        Path directory = Files.createTempDirectory("stencil-rpm-");
        Files.createDirectories(directory.resolve("root").resolve(DATABASE));
        Files.createDirectories(directory.resolve("persist"));
        return new RpmScratch(directory);
    }

    /**
     * With what {@code root} knows about its packages: rpm's database, in the format that the tools of {@code host} write, and
     * dnf's reasons.
     */
    static RpmScratch copy(Root root, RpmDatabase database, ProgramRunner host) throws IOException {
        RpmScratch scratch = make();
        try {
            if (database.format() == RpmDatabase.Format.SQLITE) {
                scratch.copyFiles(root, database.directory(), database.files(), scratch.database());
            } else {
                Path original = Files.createDirectory(scratch.directory.resolve("original"));
                scratch.copyFiles(root, database.directory(), database.files(), original);
                new DatabaseImport(host).run(database.format(), original, scratch.database());
            }
            List<String> history = root.list(HISTORY).stream()
                    .filter(name -> name.startsWith("history.sqlite") && !name.endsWith("-shm"))
                    .toList();
            scratch.copyFiles(root, HISTORY, history, scratch.persist());
            return scratch;
        } catch (IOException e) {
            scratch.close();
            throw e;
        }
    }

    private void copyFiles(Root root, String folder, List<String> names, Path to) throws IOException {
        for (String name : names) {
            root.copyOut(folder + "/" + name, to.resolve(name)); // one that is gone by now is no part of it
        }
    }

    Path root() {
        return directory.resolve("root");
    }

    Path database() {
        return root().resolve(DATABASE);
    }

    /** Where dnf keeps what it remembers. */
    Path persist() {
        return directory.resolve("persist");
    }

    @Override
    public void close() throws IOException {
        delete(directory);
    }

    /** Deletes a directory of ours with all that is in it. */
    static void delete(Path directory) throws IOException {
        try (Root around = Root.open(directory.resolveSibling(""))) {
            around.deleteTree(directory.getFileName().toString());
        }
    }
}
