package dev.stencil.image;

import dev.stencil.packages.BuildStage;
import dev.stencil.packages.PackageManager;
import java.time.Instant;

/**
 * The time that programs see while the layers of a root are made: when the newest package so far was made. A function of the
 * packages alone, so a layer is found again although the archive has published its lists anew (decision 0066).
 */
final class StageClock {
    private final PackageManager manager;
    private final Instant newest;
    private Instant now = Instant.EPOCH;

    /** @param newest it never gets later than this */
    StageClock(PackageManager manager, Instant newest) {
        this.manager = manager;
        this.newest = newest;
    }

    /** The time of {@code stage}, which follows all that were asked for before. */
    Instant at(BuildStage stage) {
        Instant made = manager.newest(stage.packages());
        if (made.isAfter(now)) {
            now = made.isAfter(newest) ? newest : made;
        }
        return now;
    }

    /** The time after the stages so far. */
    Instant now() {
        return now;
    }
}
