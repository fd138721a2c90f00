package dev.stencil.cli.vzctl;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** A command that has lost its meaning and succeeds with a warning; spec vzctl 3.1. */
final class DeprecatedCommand implements Command {
    private final String name;

    DeprecatedCommand(String name) {
        this.name = name;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command("Does nothing.", ContainerCommand.operand());
    }

    @Override
    public int run(Arguments arguments, Output out) {
        out.warn("vzctl " + name + " has no effect any more.");
        return 0;
    }
}
