package dev.stencil.packages.rpm;

import dev.stencil.linux.Root;
import dev.stencil.packages.DiskPaths;
import dev.stencil.packages.PackageOwnership;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a root of the rpm family belongs to its packages: the trees that the Filesystem Hierarchy Standard leaves to them,
 * the databases of rpm, dnf, yum and zypper, and the files that packages list.
 */
final class RpmOwnership {
    private static final List<String> TREES = List.of(
            "bin",
            "boot",
            "etc",
            "lib",
            "lib64",
            "sbin",
            "usr",
            "var/lib/alternatives",
            "var/lib/authselect",
            "var/lib/dnf",
            "var/lib/rpm",
            "var/lib/rpm-state",
            "var/lib/yum",
            "var/lib/zypp");
    private static final List<String> FOREIGN = List.of("usr/local");

    private RpmOwnership() {}

    /** @param listed paths as packages list them, from {@code /} */
    static PackageOwnership of(Path path, List<String> listed) throws IOException {
        return new PackageOwnership(TREES, FOREIGN, Set.copyOf(onDisk(path, listed)));
    }

    /** Where those files lie, relative to the root. */
    static Set<String> onDisk(Path path, List<String> listed) throws IOException {
        Set<String> files = new HashSet<>();
        try (Root root = Root.open(path)) {
            var paths = new DiskPaths(root);
            for (String line : listed) {
                if (line.length() > 1 && line.startsWith("/")) {
                    files.add(paths.onDisk(line.substring(1)));
                }
            }
        }
        return files;
    }
}
