package dev.stencil.cli.prlctl;

import dev.stencil.cli.CommandTable;
import dev.stencil.cli.Tool;
import dev.stencil.host.Fault;

/** {@code prlctl}: its commands in the order of the usage text. */
public final class Prlctl implements Tool {
    @Override
    public String name() {
        return "prlctl";
    }

    @Override
    public String synopsis() {
        return "prlctl COMMAND CTID|NAME [OPTION…]";
    }

    @Override
    public CommandTable commands() {
        return CommandTable.builder().build();
    }

    @Override
    public int exitCode(Fault fault) {
        return fault.vzctlCode();
    }
}
