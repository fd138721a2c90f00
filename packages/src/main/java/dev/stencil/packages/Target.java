package dev.stencil.packages;

import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import java.io.IOException;
import java.nio.file.Path;

/** A root in use that packages are applied to, with a way to run programs where its own processes run. */
public interface Target {
    /** The mounted root as the host sees it. A guest controls it: go through {@code linux.Root}. */
    Path root();

    /** What is added to user and group numbers inside to get those on the host; 0 without a user namespace. */
    int idShift();

    /** Runs a program inside: its paths, its users, its init. */
    Finished run(Program program) throws IOException;
}
