package dev.stencil.linux;

import java.io.IOException;

/** A program was killed, with all it had started, because it ran longer than its caller allows. */
public final class TimeLimitException extends IOException {
    private static final long serialVersionUID = 1;

    TimeLimitException(Program program, Program.Limit limit) {
        super(program.name() + (limit.isSinceLastLine() ? " said nothing for " : " did not end within ")
                + limit.longest().toSeconds() + " s and was killed (" + program.shown() + ")");
    }
}
