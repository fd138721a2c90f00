package dev.stencil.packages;

import dev.stencil.host.VzttConf;
import java.time.Duration;

/**
 * How long package managers are waited for.
 *
 * @param script how long one may say nothing before a script of a package counts as hanging and everything is stopped
 * @param database how long another program may hold the package database
 */
public record Patience(Duration script, Duration database) {
    /** Where nothing is configured. */
    public static final Patience USUAL = new Patience(Duration.ofMinutes(30), Duration.ofMinutes(1));

    /** {@code SCRIPT_TIMEOUT} and {@code DATABASE_TIMEOUT} of vztt.conf, in seconds. */
    public static Patience of(VzttConf settings) {
        return new Patience(
                settings.seconds("SCRIPT_TIMEOUT", USUAL.script), settings.seconds("DATABASE_TIMEOUT", USUAL.database));
    }
}
