package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg sync_vzpackages}: records what is really installed in a container. */
public final class SyncVzpackagesCommand implements Command {
    private final Stencil stencil;

    public SyncVzpackagesCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Record the packages that are really installed in a container.",
                PackageFlags.with(Syntax.operands("CT", "1", "Container.")));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        stencil.containerPackages(arguments.flag("--skiplock"), out::uninterrupted)
                .packages()
                .synchronize(PackageFlags.container(arguments), PackageFlags.options(arguments), out.progress());
        return 0;
    }
}
