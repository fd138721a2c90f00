package dev.stencil.cli.vzpkg;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.CommandTable;
import dev.stencil.cli.Output;
import dev.stencil.cli.Tool;
import dev.stencil.cli.vzpkg.cache.RenewCacheCommand;
import dev.stencil.host.Fault;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code vzpkgcache}: the name of older generations for making caches, which their cron jobs call. One command without a
 * command word: caches that are missing are created, the others are made anew.
 */
public final class Vzpkgcache implements Tool {
    private final Vzpkg vzpkg = new Vzpkg();

    @Override
    public String name() {
        return "vzpkgcache";
    }

    @Override
    public String synopsis() {
        return "vzpkgcache [OPTION…] [OST…]";
    }

    @Override
    public boolean isSingle() {
        return true;
    }

    /** The one entry is named like the tool. */
    @Override
    public CommandTable commands() {
        return CommandTable.builder()
                .add(name(), "Create or update the caches of OS templates", stencil -> new RenewCacheCommand(stencil))
                .build();
    }

    @Override
    public int exitCode(Fault fault) {
        return vzpkg.exitCode(fault);
    }

    @Override
    public void addCommonOptions(CommandSpec spec) {
        vzpkg.addCommonOptions(spec);
    }

    @Override
    public void addForeignOptions(CommandSpec spec) {
        vzpkg.addForeignOptions(spec);
    }

    @Override
    public void configure(Arguments arguments, Output out) {
        vzpkg.configure(arguments, out);
    }
}
