package dev.stencil.image;

import dev.stencil.image.lock.LockMode;
import dev.stencil.linux.FileLock;
import dev.stencil.packages.Freshness;
import java.time.Duration;

/**
 * How a cache is made, beyond its name.
 *
 * @param freshness {@code -C}, {@code -r} or neither
 * @param checkOnly {@code -n}: everything up to the list of packages, nothing is fetched or built
 * @param takeLocks false for {@code --skiplock}: the caller holds the locks or wants none
 * @param lockWait how long to wait for the cache lock, {@code --timeout}; {@link FileLock#FOREVER} for its 0
 * @param locking {@code --locked}, {@code --unlocked}, {@code --relock} or none of them
 */
public record CacheOptions(
        Freshness freshness,
        boolean checkOnly,
        boolean takeLocks,
        Duration lockWait,
        CacheKind kind,
        LockMode locking) {
    /** What no option on the command line means. */
    public static final CacheOptions DEFAULT =
            new CacheOptions(Freshness.WHEN_EXPIRED, false, true, FileLock.FOREVER, CacheKind.ANY);

    /** With or without a lock of the template as this host is configured. */
    public CacheOptions(Freshness freshness, boolean checkOnly, boolean takeLocks, Duration lockWait, CacheKind kind) {
        this(freshness, checkOnly, takeLocks, lockWait, kind, LockMode.BY_HOST);
    }

    public CacheOptions with(LockMode mode) {
        return new CacheOptions(freshness, checkOnly, takeLocks, lockWait, kind, mode);
    }
}
