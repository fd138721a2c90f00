package dev.stencil.linux;

import java.time.Duration;

/**
 * How a program ended.
 *
 * @param status exit status, or 128 + signal number when {@code killed}
 * @param killed whether a signal ended it
 * @param stdout what it wrote there if that was captured, else empty
 * @param stderrEnd the last lines of standard error (at most 16 KiB), of standard output too if nothing else is known
 */
public record Finished(Program program, int status, boolean killed, byte[] stdout, String stderrEnd, Duration elapsed) {

    public boolean isSuccess() {
        return status == 0;
    }

    /** Captured standard output as text. */
    public String text() {
        return new String(stdout, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** This, or {@link ProgramFailed} when the status is not 0. */
    public Finished orThrow() throws ProgramFailed {
        if (!isSuccess()) {
            throw new ProgramFailed(this);
        }
        return this;
    }
}
