package dev.stencil.packages.deb;

import dev.stencil.linux.Root;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Which package put what where, over all waves. Two packages with one file, or one's directory on the other's file, are
 * what dpkg has rules for (Replaces, shared files of foreign architectures); finding that is all that is done here.
 */
final class Claims {
    private static final String DIRECTORY = "/";
    private static final String INFO = "var/lib/dpkg/info";
    private static final String LIST = ".list";
    /** In front of a package's name: it lists the path, which is a file or an empty directory. */
    private static final String INSTALLED = "?";

    private final Map<String, String> holders = new ConcurrentHashMap<>();
    /** Links of the root's top directory into usr: {@code bin} to {@code usr/bin}. */
    private final Map<String, String> aliases;

    private final Predicate<String> isDirectory;
    private volatile Optional<String> conflict = Optional.empty();

    /** @param isDirectory says of a path that an installed package holds whether it is one */
    Claims(Map<String, String> aliases, Predicate<String> isDirectory) {
        this.aliases = Map.copyOf(aliases);
        this.isDirectory = isDirectory;
    }

    /** Of a root in which nothing is installed. */
    static Claims none(Root root) throws IOException {
        return new Claims(MergedUsr.aliases(root), _ -> false);
    }

    /** Of a root whose packages were configured in earlier stages. */
    static Claims installed(Root root) throws IOException {
        var claims = new Claims(MergedUsr.aliases(root), path -> isDirectory(root, path));
        Overrides overrides = Overrides.read(root);
        for (String file : root.list(INFO)) {
            if (file.endsWith(LIST)) {
                String infoName = file.substring(0, file.length() - LIST.length());
                int colon = infoName.indexOf(':');
                String name = colon < 0 ? infoName : infoName.substring(0, colon);
                claims.addInstalled(root.readText(INFO + "/" + file).orElse(""), name, overrides);
            }
        }
        return claims;
    }

    private static boolean isDirectory(Root root, String path) {
        try {
            return root.isDirectory(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A path that another one of the list lies below is a directory; of the others only the root can tell. */
    private void addInstalled(String list, String name, Overrides overrides) {
        List<String> paths = list.lines().toList();
        Set<String> parents = new HashSet<>();
        paths.forEach(path -> parents.add(path.substring(0, Math.max(0, path.lastIndexOf('/')))));
        for (String path : paths) {
            boolean isParent = parents.contains(path);
            holders.merge(
                    throughAlias(overrides.placeOf(path, name), isParent),
                    isParent ? DIRECTORY : INSTALLED + name,
                    (old, now) -> old.equals(DIRECTORY) ? old : now);
        }
    }

    void directory(String path, String byPackage) {
        String place = throughAlias(path, true);
        String holder = holders.putIfAbsent(place, DIRECTORY);
        if (holder == null || holder.equals(DIRECTORY)) {
            return;
        }
        if (holder.startsWith(INSTALLED) && isDirectory.test(place)) {
            holders.put(place, DIRECTORY);
        } else {
            note(path, holder.replace(INSTALLED, ""), byPackage);
        }
    }

    void file(String path, String byPackage) {
        String holder = holders.putIfAbsent(throughAlias(path, false), byPackage);
        if (holder != null) {
            note(path, holder.equals(DIRECTORY) ? "a directory" : holder.replace(INSTALLED, ""), byPackage);
        }
    }

    private void note(String path, String holder, String byPackage) {
        conflict = Optional.of(path + " of " + byPackage + " meets " + holder);
    }

    /** The first or another conflict seen since the last question, in words. */
    Optional<String> takeConflict() {
        Optional<String> seen = conflict;
        conflict = Optional.empty();
        return seen;
    }

    private String throughAlias(String path, boolean isWhole) {
        int begin = path.startsWith("/") ? 1 : 0;
        int slash = path.indexOf('/', begin);
        if (slash < 0 && !isWhole) {
            return path;
        }
        String first = slash < 0 ? path.substring(begin) : path.substring(begin, slash);
        String alias = aliases.get(first);
        return alias == null ? path : "/" + alias + (slash < 0 ? "" : path.substring(slash));
    }
}
