package dev.stencil.container.engine;

import dev.stencil.linux.InotifyInstances;
import java.io.IOException;
import java.util.Optional;

/**
 * Tells when instances of inotify run short. systemd and its services take six or seven in each guest, all guests and the host's
 * root share the host's limit, and without them a guest's init fails in words that nobody connects with it. Debian allows 128.
 */
final class WatchShortage {
    /** What a guest with systemd takes, and some for those that still boot. */
    private static final int NEEDED = 10;

    /** For some hundred guests; an instance that nobody uses costs nothing. */
    private static final int ADVISED = 8192;

    private WatchShortage() {}

    static Optional<String> now() {
        try {
            return InotifyInstances.areFree(NEEDED) ? Optional.empty() : Optional.of(words(InotifyInstances.limit()));
        } catch (IOException nobodyCanTell) {
            return Optional.empty(); // a warning that cannot be given must not keep a guest from starting
        }
    }

    static String words(int limit) {
        int advised = Math.max(ADVISED, limit * 2);
        return "Warning: the host's " + limit
                + " inotify instances are nearly used up: systemd in this container, and in those"
                + " started next, may fail to boot. Allow more: sysctl -w " + InotifyInstances.SETTING + "=" + advised;
    }
}
