package dev.stencil.packages.deb;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which package put what where, over all waves. Two packages with one file, or one's directory on the other's file, are
 * what dpkg has rules for (Replaces, shared files of foreign architectures); finding that is all that is done here.
 */
final class Claims {
    private static final String DIRECTORY = "/";

    private final Map<String, String> holders = new ConcurrentHashMap<>();
    /** Links of the root's top directory into usr: {@code bin} to {@code usr/bin}. */
    private final Map<String, String> aliases;

    private volatile Optional<String> conflict = Optional.empty();

    Claims(Map<String, String> aliases) {
        this.aliases = Map.copyOf(aliases);
    }

    void directory(String path, String byPackage) {
        String place = throughAlias(path, true);
        String holder = holders.putIfAbsent(place, DIRECTORY);
        if (holder != null && !holder.equals(DIRECTORY)) {
            note(path, holder, byPackage);
        }
    }

    void file(String path, String byPackage) {
        String holder = holders.putIfAbsent(throughAlias(path, false), byPackage);
        if (holder != null) {
            note(path, holder.equals(DIRECTORY) ? "a directory" : holder, byPackage);
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
