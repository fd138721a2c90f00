package dev.stencil.linux;

import java.io.IOException;
import java.util.function.Consumer;

/** Tells each program, as a shell would take it, before another runner runs it. */
public final class ToldPrograms implements ProgramRunner {
    private final ProgramRunner runner;
    private final Consumer<String> listener;

    /** {@code listener} may be called by several threads at once. */
    public ToldPrograms(ProgramRunner runner, Consumer<String> listener) {
        this.runner = runner;
        this.listener = listener;
    }

    @Override
    public Finished run(Program program) throws IOException {
        listener.accept(program.pasted());
        return runner.run(program);
    }

    @Override
    public Process start(Program program) throws IOException {
        listener.accept(program.pasted());
        return runner.start(program);
    }
}
