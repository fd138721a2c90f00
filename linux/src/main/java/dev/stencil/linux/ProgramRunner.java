package dev.stencil.linux;

import java.io.IOException;

/** Runs programs. The one place where anything is executed; tests of how we call pass a recording one. */
public interface ProgramRunner {
    /**
     * Runs {@code program} to its end. A status other than 0 is not an error here; use {@link Finished#orThrow}.
     *
     * @throws IOException when it cannot be started, or ran into its time limit
     */
    Finished run(Program program) throws IOException;

    /** Starts {@code program} and returns at once; the caller owns the process. */
    Process start(Program program) throws IOException;
}
