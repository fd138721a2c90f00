package dev.stencil.packages.deb;

import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.Target;
import java.io.IOException;
import java.nio.file.Path;

/** A root that is not in use, where programs run in a sandbox and ids are those of the host. */
record SandboxedRoot(Path root, ProgramRunner sandbox) implements Target {
    @Override
    public int idShift() {
        return 0;
    }

    @Override
    public Finished run(Program program) throws IOException {
        return sandbox.run(program);
    }
}
