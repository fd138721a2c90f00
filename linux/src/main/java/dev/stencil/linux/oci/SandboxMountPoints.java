package dev.stencil.linux.oci;

import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The places in a root that something is mounted on while a sandbox runs. Those it did not have are removed again. */
final class SandboxMountPoints {
    static final String HOSTS = "etc/hosts";

    private final Path root;
    private final List<String> files;
    private final Deque<String> made = new ArrayDeque<>();
    private final Set<String> present = new HashSet<>();

    /** @param moreFiles plain files besides {@link #HOSTS} that are covered */
    SandboxMountPoints(Path root, List<String> moreFiles) {
        this.root = root;
        this.files = Stream.concat(Stream.of(HOSTS), moreFiles.stream()).toList();
    }

    void make() throws IOException {
        try (Root tree = Root.open(root)) {
            for (String folder : List.of("proc", "sys", "dev")) {
                if (tree.status(folder).isEmpty()) {
                    tree.makeDirectory(folder, Mode.DIRECTORY, Owner.ROOT);
                    made.push(folder);
                }
            }
            for (String file : files) {
                if (tree.isDirectory("etc") && tree.status(file).isEmpty()) {
                    tree.write(file, "", Mode.FILE, Owner.ROOT);
                    made.push(file);
                }
                if (tree.read(file).isPresent()) {
                    present.add(file);
                }
            }
        }
    }

    /** Whether the root has this file to be covered; without {@code /etc} it has none. */
    boolean has(String file) {
        return present.contains(file);
    }

    /** A package that ships one of them has put its own in place meanwhile: then it stays. */
    void remove() throws IOException {
        if (made.isEmpty()) {
            return;
        }
        try (Root tree = Root.open(root)) {
            while (!made.isEmpty()) {
                String place = made.pop();
                boolean isUnused = files.contains(place)
                        ? tree.read(place)
                                .filter(content -> content.length == 0)
                                .isPresent()
                        : tree.isDirectory(place) && tree.list(place).isEmpty();
                if (isUnused) {
                    tree.deleteTree(place);
                }
            }
        }
    }
}
