package dev.stencil.packages.deb;

import dev.stencil.linux.NativeText;
import dev.stencil.linux.Root;
import dev.stencil.packages.DiskPaths;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageOwnership;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a Debian root belongs to its packages: the trees that the policy leaves to them, the state of dpkg, apt, debconf
 * and the tools that maintainer scripts keep books with, and the files that packages list. Source: Debian Policy 9.1, 10.1;
 * {@code /var/lib/dpkg/info/*.list}.
 */
final class DpkgOwnership {
    private static final List<String> TREES = List.of(
            "bin",
            "boot",
            "etc",
            "lib",
            "lib32",
            "lib64",
            "libx32",
            "sbin",
            "usr",
            "var/cache/debconf",
            "var/lib/apt/extended_states",
            "var/lib/dpkg",
            "var/lib/emacsen-common",
            "var/lib/pam",
            "var/lib/python",
            "var/lib/sgml-base",
            "var/lib/shells.state",
            "var/lib/systemd/deb-systemd-helper-enabled",
            "var/lib/systemd/deb-systemd-helper-masked",
            "var/lib/systemd/deb-systemd-user-helper-enabled",
            "var/lib/systemd/deb-systemd-user-helper-masked",
            "var/lib/ucf",
            "var/lib/xml-core");
    private static final List<String> FOREIGN = List.of("usr/local");
    private static final String INFO = "var/lib/dpkg/info";

    private final Root root;
    private final DiskPaths paths;

    private DpkgOwnership(Root root) {
        this.root = root;
        this.paths = new DiskPaths(root);
    }

    static PackageOwnership read(Path path) throws IOException {
        try (Root root = Root.open(path)) {
            return new PackageOwnership(TREES, FOREIGN, new DpkgOwnership(root).files());
        }
    }

    /** What one installed package lists. */
    static List<String> files(Path path, PackageName name) throws IOException {
        try (Root root = Root.open(path)) {
            Set<String> files = new HashSet<>();
            var ownership = new DpkgOwnership(root);
            ownership.addListed(name.name() + ".list", files);
            ownership.addListed(name.name() + ":" + name.arch() + ".list", files);
            return files.stream().sorted().toList();
        }
    }

    private Set<String> files() throws IOException {
        Set<String> files = new HashSet<>();
        for (String name : root.list(INFO)) {
            if (name.endsWith(".list")) {
                addListed(name, files);
            }
        }
        return files;
    }

    private void addListed(String list, Set<String> files) throws IOException {
        byte[] content = root.read(INFO + "/" + list).orElse(new byte[0]);
        for (String line : NativeText.text(content).split("\n", -1)) {
            if (line.length() > 1 && line.startsWith("/") && !line.equals("/.")) {
                files.add(paths.onDisk(line.substring(1)));
            }
        }
    }
}
