package dev.stencil.container;

import java.time.Duration;
import java.util.Optional;

/**
 * How to start a container.
 *
 * @param waitLimit how long to wait until the guest has reached its default target; absent: not at all
 * @param isForced also when DISABLED
 * @param skipsSetup leaves the guest's files as they are
 */
public record StartOptions(Optional<Duration> waitLimit, boolean isForced, boolean skipsSetup) {
    public static final StartOptions DEFAULT = new StartOptions(Optional.empty(), false, false);

    /** Long enough for a slow disk; a guest that needs more hangs. */
    public static final Duration USUAL_WAIT = Duration.ofMinutes(3);

    public StartOptions waiting(Duration limit) {
        return new StartOptions(Optional.of(limit), isForced, skipsSetup);
    }
}
