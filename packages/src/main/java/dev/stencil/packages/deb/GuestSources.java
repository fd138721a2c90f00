package dev.stencil.packages.deb;

import dev.stencil.host.Redaction;
import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import dev.stencil.packages.Repository;
import java.io.IOException;
import java.util.ArrayList;
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
    private final Owner owner;

    GuestSources(Root root, Owner owner) {
        this.root = root;
        this.owner = owner;
    }

    void write(List<Repository> repositories) throws IOException {
        if (root.isDirectory("etc/apt") && !hasSources()) {
            save(lines(repositories));
        }
    }

    /**
     * Puts the repositories of another release in place of those of {@code former}; false when the list has lines of its
     * administrator's, and is left alone.
     */
    boolean move(List<Repository> former, List<Repository> repositories) throws IOException {
        List<String> present = root.readText(LIST)
                .orElse("")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (present.isEmpty()) {
            return true;
        }
        if (!lines(former).containsAll(present)) {
            return false;
        }
        save(lines(repositories));
        return true;
    }

    private void save(List<String> lines) throws IOException {
        var text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        root.write(LIST, text.toString(), Mode.FILE, owner);
    }

    private static List<String> lines(List<Repository> repositories) {
        List<String> lines = new ArrayList<>();
        for (Repository repository : repositories) {
            String location = repository.location();
            if (REACHABLE.stream().anyMatch(location::startsWith)) {
                lines.add("deb " + Redaction.withoutUser(location));
            }
        }
        return lines;
    }

    private boolean hasSources() throws IOException {
        return root.exists(LIST)
                || (root.isDirectory(PARTS) && !root.list(PARTS).isEmpty());
    }
}
