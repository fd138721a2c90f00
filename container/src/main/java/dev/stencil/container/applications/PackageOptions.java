package dev.stencil.container.applications;

import dev.stencil.packages.Freshness;
import dev.stencil.packages.ReleaseRules;
import java.util.Optional;

/**
 * What every package command in a container understands.
 *
 * @param freshness {@code -C}, {@code -r} or neither
 * @param checkOnly {@code -n}: find out what would happen, change nothing
 * @param force {@code -f}: go on although a template is installed already, or is not
 * @param takeLocks false for {@code --skiplock}: the caller holds the locks or wants none
 * @param release {@code --releasever}: packages of this release instead of the template's; only the rpm family asks
 * @param mayErase {@code --allowerasing}: installed packages may go to make room for wanted ones
 */
public record PackageOptions(
        Freshness freshness,
        boolean checkOnly,
        boolean force,
        boolean takeLocks,
        Optional<String> release,
        boolean mayErase) {
    /** Of the template's release, keeping what is installed. */
    public PackageOptions(Freshness freshness, boolean checkOnly, boolean force, boolean takeLocks) {
        this(freshness, checkOnly, force, takeLocks, Optional.empty(), false);
    }

    /** The same, with lists that are fetched by another rule. */
    public PackageOptions with(Freshness other) {
        return new PackageOptions(other, checkOnly, force, takeLocks, release, mayErase);
    }

    /** {@code rules} as changed by the command line. */
    ReleaseRules applyTo(ReleaseRules rules) {
        ReleaseRules released = release.map(rules::release).orElse(rules);
        return mayErase ? released.erasing() : released;
    }

    /** What no option on the command line means. */
    public static final PackageOptions DEFAULT = new PackageOptions(Freshness.WHEN_EXPIRED, false, false, true);
}
