package dev.stencil.cli.vzlist;

import dev.stencil.container.engine.RunningGuest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a guest has been running, as {@code DDDdHHh:MMm:SSs}. */
final class Uptime {
    private Uptime() {}

    static Value of(Optional<RunningGuest> guest) {
        return guest.isEmpty()
                ? Value.absent()
                : new Value.Text(text(Duration.between(guest.get().started(), Instant.now())));
    }

    static String text(Duration up) {
        return digits(up.toDays(), 3) + "d" + digits(up.toHoursPart(), 2) + "h:" + digits(up.toMinutesPart(), 2) + "m:"
                + digits(up.toSecondsPart(), 2) + "s";
    }

    private static String digits(long number, int width) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, width - text.length())) + text;
    }
}
