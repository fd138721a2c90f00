package dev.stencil.cli.vzlist;

import dev.stencil.cli.CommandTable;
import dev.stencil.cli.Tool;
import dev.stencil.host.Fault;

/** {@code vzlist}: one command without a command word. Every failure is 1 (spec vzctl 3.16). */
public final class Vzlist implements Tool {
    @Override
    public String name() {
        return "vzlist";
    }

    @Override
    public String synopsis() {
        return "vzlist [OPTION…] [CTID…]";
    }

    @Override
    public boolean isSingle() {
        return true;
    }

    /** The one entry is named like the tool. */
    @Override
    public CommandTable commands() {
        return CommandTable.builder()
                .add(name(), "List containers", stencil -> new ListCommand(stencil))
                .build();
    }

    @Override
    public int exitCode(Fault fault) {
        return 1;
    }
}
