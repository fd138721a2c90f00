package dev.stencil.image.lock;

import dev.stencil.host.ConfigFile;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.host.VzttConf;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What this host does with locks: {@code LOCKED}, {@code LOCK_CHANNEL} and {@code LOCK_KEYRING} of vztt.conf. Source: spec
 * conary 9.1, R-3, and 9.4, rule 9.
 *
 * @param channel the channel to follow instead of each template's newest lock
 * @param keyring keys of which one must have signed a lock before it is used
 */
public record LockPolicy(Use use, Optional<String> channel, Optional<Path> keyring) {
    /** Locks that are there are used, without a channel or signatures. */
    public static final LockPolicy DEFAULT = new LockPolicy(Use.PREFER, Optional.empty(), Optional.empty());

    /** Whether locks are used. */
    public enum Use {
        /** Templates without a lock are refused. */
        REQUIRED,
        /** A lock is used where there is one. */
        PREFER,
        /** Locks are left alone unless asked for. */
        OFF
    }

    /** Throws {@code BAD_VALUE} for a word that is none of the three. */
    public static LockPolicy of(VzttConf settings) {
        ConfigFile file = settings.file();
        return new LockPolicy(
                file.nonEmpty("LOCKED").map(LockPolicy::use).orElse(Use.PREFER),
                file.nonEmpty("LOCK_CHANNEL").map(LockChannel::checked),
                file.nonEmpty("LOCK_KEYRING").map(Path::of));
    }

    private static Use use(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "required" -> Use.REQUIRED;
            case "prefer" -> Use.PREFER;
            case "off" -> Use.OFF;
            default ->
                throw new StencilException(
                        Fault.BAD_VALUE,
                        "LOCKED in vztt.conf is \"" + word + "\". It is one of required, prefer and off.");
        };
    }
}
