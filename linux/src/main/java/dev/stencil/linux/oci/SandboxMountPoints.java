package dev.stencil.linux.oci;

import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The places in a root that something is mounted on while a sandbox runs. Those it did not have are removed again. */
final class SandboxMountPoints {
    private static final String HOSTS = "etc/hosts";

    private final Path root;
    private final Deque<String> made = new ArrayDeque<>();
    private boolean hasHostsFile;

    SandboxMountPoints(Path root) {
        this.root = root;
    }

    void make() throws IOException {
        try (Root files = Root.open(root)) {
            for (String folder : List.of("proc", "sys", "dev")) {
                if (files.status(folder).isEmpty()) {
                    files.makeDirectory(folder, Mode.DIRECTORY, Owner.ROOT);
                    made.push(folder);
                }
            }
            if (files.isDirectory("etc") && files.status(HOSTS).isEmpty()) {
                files.write(HOSTS, "", Mode.FILE, Owner.ROOT);
                made.push(HOSTS);
            }
            hasHostsFile = files.read(HOSTS).isPresent();
        }
    }

    /** Whether the root has a hosts file to be covered; without {@code /etc} it has none. */
    boolean hasHostsFile() {
        return hasHostsFile;
    }

    /** A package that ships one of them has put its own in place meanwhile: then it stays. */
    void remove() throws IOException {
        if (made.isEmpty()) {
            return;
        }
        try (Root files = Root.open(root)) {
            while (!made.isEmpty()) {
                String place = made.pop();
                boolean isUnused = place.equals(HOSTS)
                        ? files.read(place)
                                .filter(content -> content.length == 0)
                                .isPresent()
                        : files.isDirectory(place) && files.list(place).isEmpty();
                if (isUnused) {
                    files.deleteTree(place);
                }
            }
        }
    }
}
