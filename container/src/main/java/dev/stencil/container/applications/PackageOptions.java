package dev.stencil.container.applications;

import dev.stencil.packages.Freshness;

/**
 * What every package command in a container understands.
 *
 * @param freshness {@code -C}, {@code -r} or neither
 * @param checkOnly {@code -n}: find out what would happen, change nothing
 * @param force {@code -f}: go on although a template is installed already, or is not
 * @param takeLocks false for {@code --skiplock}: the caller holds the locks or wants none
 */
public record PackageOptions(Freshness freshness, boolean checkOnly, boolean force, boolean takeLocks) {
    /** What no option on the command line means. */
    public static final PackageOptions DEFAULT = new PackageOptions(Freshness.WHEN_EXPIRED, false, false, true);
}
