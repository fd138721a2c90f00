package dev.stencil.cli;

import picocli.CommandLine.Model.CommandSpec;

/** {@code help}: the tool's usage, on standard error as the original writes it (spec vzpkg 4.1). */
public final class HelpCommand implements Command {
    private final Tool tool;

    public HelpCommand(Tool tool) {
        this.tool = tool;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command("Show this list of commands.");
    }

    @Override
    public int run(Arguments arguments, Output out) {
        out.message(new Usage(tool).text());
        return 0;
    }
}
