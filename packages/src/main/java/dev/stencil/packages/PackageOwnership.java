package dev.stencil.packages;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which paths of a root belong to its packages and their manager, and which to everybody else. Paths are those on the
 * disk, relative to the root, without a leading slash.
 *
 * @param trees whole directories, or single files, in which every change of a package operation counts as the packages' own
 * @param foreign parts of {@code trees} that do not belong to packages
 * @param files what installed packages list, wherever it lies; the manager replaces such files and never writes into them
 */
public record PackageOwnership(List<String> trees, List<String> foreign, Set<String> files) {
    /** By the Filesystem Hierarchy Standard and where rpm, dnf and zypper keep their state; no package's list is known. */
    public static final PackageOwnership USUAL = new PackageOwnership(
            List.of(
                    "bin",
                    "boot",
                    "etc",
                    "lib",
                    "lib64",
                    "sbin",
                    "usr",
                    "var/lib/alternatives",
                    "var/lib/dnf",
                    "var/lib/rpm",
                    "var/lib/yum",
                    "var/lib/zypp"),
            List.of("usr/local"),
            Set.of());

    /** Nothing is known of any package. */
    public static final PackageOwnership NOTHING = new PackageOwnership(List.of(), List.of(), Set.of());

    public PackageOwnership {
        trees = List.copyOf(trees);
        foreign = List.copyOf(foreign);
        files = Set.copyOf(files);
    }

    /** Every path of the root is in, with the same knowledge of files. */
    public PackageOwnership everything() {
        return new PackageOwnership(List.of(""), List.of(), files);
    }

    /** What belongs to packages by this or by {@code other}: before and after an operation. */
    public PackageOwnership or(PackageOwnership other) {
        Set<String> both = new HashSet<>(files);
        both.addAll(other.files);
        return new PackageOwnership(trees, foreign, both);
    }

    /** Whether a file of that path is configuration, in which people write by hand. */
    public static boolean isConfiguration(String path) {
        return path.startsWith("etc/");
    }
}
