package dev.stencil.packages.deb;

import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The links {@code /bin}, {@code /sbin} and {@code /lib…} into {@code /usr}. Since Debian 13 base-files brings them; before,
 * whoever makes a root makes them first, as debootstrap and mmdebstrap's hook merged-usr do.
 */
final class MergedUsr {
    private static final Map<String, List<String>> LINKS = Map.of(
            "amd64", List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32"),
            "i386", List.of("bin", "sbin", "lib", "lib64", "libx32"));
    private static final List<String> USUAL_LINKS = List.of("bin", "sbin", "lib");

    private MergedUsr() {}

    /** Makes the links in an empty root where no package of {@code packages} will and the release is a merged one. */
    static void prepare(Root root, List<DebPackage> packages, String arch) throws IOException {
        boolean merged = packages.stream()
                .anyMatch(
                        one -> one.name().equals("usr-is-merged") || one.name().equals("usrmerge"));
        if (!merged || bringsLinks(packages)) {
            return;
        }
        for (String name : LINKS.getOrDefault(arch, USUAL_LINKS)) {
            root.makeDirectories("usr/" + name, Mode.DIRECTORY, Owner.ROOT);
            root.symlink("usr/" + name, name, Owner.ROOT);
        }
    }

    private static boolean bringsLinks(List<DebPackage> packages) throws IOException {
        for (DebPackage one : packages) {
            if (one.name().equals("base-files") && hasLink(one)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasLink(DebPackage baseFiles) throws IOException {
        try (DebArchive archive = DebArchive.open(baseFiles.archive());
                TarArchiveInputStream tar = archive.data()) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isSymbolicLink() && entry.getName().equals("./bin")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Links of the top directory that lead to a directory of {@code usr}, by name. */
    static Map<String, String> aliases(Root root) throws IOException {
        Map<String, String> aliases = new HashMap<>();
        for (String name : root.list(".")) {
            root.linkTarget(name)
                    .map(target -> target.startsWith("/") ? target.substring(1) : target)
                    .filter(target -> target.startsWith("usr/"))
                    .ifPresent(target -> aliases.put(name, target));
        }
        return aliases;
    }
}
