package dev.stencil.image;

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
 */
public record CacheOptions(
        Freshness freshness, boolean checkOnly, boolean takeLocks, Duration lockWait, CacheKind kind) {
    /** What no option on the command line means. */
    public static final CacheOptions DEFAULT =
            new CacheOptions(Freshness.WHEN_EXPIRED, false, true, FileLock.FOREVER, CacheKind.ANY);
}
