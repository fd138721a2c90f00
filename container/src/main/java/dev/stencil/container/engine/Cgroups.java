package dev.stencil.container.engine;

import dev.stencil.linux.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the cgroup hierarchies of this host are mounted ({@code cgroups(7)}).
 *
 * @param unified version 2: with all controllers, or beside version 1 with none
 * @param controllers version 1: mount point by controller, for those a guest is limited with
 */
record Cgroups(Path unified, Map<String, Path> controllers) {
    private static final List<String> USED = List.of("cpu", "cpuset", "devices", "memory", "pids");

    Cgroups {
        controllers = Map.copyOf(controllers);
    }

    static Cgroups ofHost() throws IOException {
        Optional<Path> unified = Optional.empty();
        Map<String, Path> controllers = new LinkedHashMap<>();
        for (Mounts.Mount mount : Mounts.current()) {
            if (mount.type().equals("cgroup2") && unified.isEmpty()) {
                unified = Optional.of(mount.target());
            } else if (mount.type().equals("cgroup")) {
                List<String> options = List.of(mount.options().split(","));
                USED.stream().filter(options::contains).forEach(name -> controllers.put(name, mount.target()));
            }
        }
        return new Cgroups(
                unified.orElseThrow(() -> new IOException("cgroup version 2 is not mounted: mount it, for example with"
                        + " mount -t cgroup2 cgroup2 /sys/fs/cgroup/unified")),
                controllers);
    }

    Optional<Path> controller(String name) {
        return Optional.ofNullable(controllers.get(name));
    }

    boolean hasVersion1() {
        return !controllers.isEmpty();
    }

    /** Writes a control file; the error of a refused value names both. */
    static void write(Path file, String value) throws IOException {
        try {
            Files.writeString(file, value);
        } catch (IOException e) {
            throw new IOException("cannot write " + value + " to " + file + ": " + e.getMessage(), e);
        }
    }
}
