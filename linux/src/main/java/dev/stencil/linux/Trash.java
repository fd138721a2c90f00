package dev.stencil.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Trees that are no longer wanted: renamed aside in an instant, deleted when nothing waits for it. Deleting a tree just
 * before writing a new one makes ext4 create files 4 to 10 times slower for about a minute.
 */
public final class Trash {
    private final Path directory;

    /** {@code directory} must be on the file system of what is discarded; it is made when missing. */
    public Trash(Path directory) {
        this.directory = directory;
    }

    /** The path is gone when this returns; the bytes are freed by {@link #empty}. */
    public void discard(Path tree) throws IOException {
        Files.createDirectories(directory);
        Path aside = directory.resolve(RandomUuid.fresh());
        Kernel.renameat2(Kernel.AT_FDCWD, tree.toString(), Kernel.AT_FDCWD, aside.toString(), Kernel.RENAME_NOREPLACE);
    }

    /**
     * As {@link #empty}, by a process of its own at low priority that goes on when this one ends. Also takes what an earlier
     * one was killed over.
     */
    public void emptyInBackground(ProgramRunner programs) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        List<String> trees = new ArrayList<>();
        try (var entries = Files.list(directory)) {
            entries.forEach(entry -> trees.add(entry.toString()));
        }
        if (!trees.isEmpty()) {
            programs.run(Program.of("setsid", "--fork", "nice", "-n", "19", "ionice", "-c", "3")
                            .args("rm", "-rf", "--one-file-system", "--")
                            .args(trees)
                            .output(new Program.Output.Discarded())
                            .errors(new Program.Output.Discarded()))
                    .orThrow();
        }
    }

    /** Deletes what was discarded, by any process. */
    public void empty() throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Root root = Root.open(directory)) {
            for (String name : root.list(".")) {
                root.deleteTree(name);
            }
        }
    }
}
