package dev.stencil.cli.vzctl;

import dev.stencil.cli.CommandTable;
import dev.stencil.cli.Tool;
import dev.stencil.host.Fault;

/** {@code vzctl}: its commands in the order of the usage text. */
public final class Vzctl implements Tool {
    @Override
    public String name() {
        return "vzctl";
    }

    @Override
    public String synopsis() {
        return "vzctl [GLOBAL OPTION…] COMMAND CTID|NAME [OPTION…]";
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
