package dev.stencil.linux;

import java.io.IOException;

/** A program ended with a status other than 0. The message has its command line, the status and its last words. */
public final class ProgramFailed extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Finished finished;

    public ProgramFailed(Finished finished) {
        super(describe(finished));
        this.finished = finished;
    }

    public Finished finished() {
        return finished;
    }

    private static String describe(Finished finished) {
        String how = finished.killed()
                ? " was killed by signal " + (finished.status() - 128)
                : " ended with status " + finished.status();
        String words = finished.stderrEnd().strip();
        return finished.program().name() + how + " (" + finished.program().shown() + ")"
                + (words.isEmpty() ? "" : ": " + words);
    }
}
