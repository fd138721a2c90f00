package dev.stencil.cli;

import picocli.CommandLine.Model.CommandSpec;

/** One command of a tool: says what it accepts, then does it through one service and prints the result. */
public interface Command {
    /** Its options and operands, made by {@link Syntax}; the table adds the name. */
    CommandSpec spec();

    /**
     * Whether its name without options and operands is a whole command line, which then needs no parser: 6 ms less for what
     * panels and shell loops ask most.
     */
    default boolean isCompleteAlone() {
        return false;
    }

    /**
     * Runs it.
     *
     * @return the exit code, 0 unless the command's own result says otherwise
     * @throws dev.stencil.host.StencilException for every failure a user can act on
     */
    int run(Arguments arguments, Output out);
}
