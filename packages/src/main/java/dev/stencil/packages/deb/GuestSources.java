package dev.stencil.packages.deb;

import dev.stencil.host.Redaction;
import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import dev.stencil.packages.Repository;
import java.io.IOException;
import java.util.List;

/**
 * Tells the apt of a new system where it came from, so that its administrator can install and update from inside; users
 * and passwords of this host's url.map stay here. A system without apt, or whose packages or scripts brought sources of
 * their own, is left as it is. The file is written even if it lists nothing, so that only what is in it depends on the host
 * (decision 0064).
 */
final class GuestSources {
    private static final String LIST = "etc/apt/sources.list";
    private static final String PARTS = "etc/apt/sources.list.d";
    /** Addresses that mean the same inside as on the host. */
    private static final List<String> REACHABLE = List.of("http://", "https://", "ftp://");

    private final Root root;

    GuestSources(Root root) {
        this.root = root;
    }

    void write(List<Repository> repositories) throws IOException {
        var text = new StringBuilder();
        for (Repository repository : repositories) {
            String location = repository.location();
            if (REACHABLE.stream().anyMatch(location::startsWith)) {
                text.append("deb ").append(Redaction.withoutUser(location)).append('\n');
            }
        }
        if (root.isDirectory("etc/apt") && !hasSources()) {
            root.write(LIST, text.toString(), Mode.FILE, Owner.ROOT);
        }
    }

    private boolean hasSources() throws IOException {
        return root.exists(LIST)
                || (root.isDirectory(PARTS) && !root.list(PARTS).isEmpty());
    }
}
