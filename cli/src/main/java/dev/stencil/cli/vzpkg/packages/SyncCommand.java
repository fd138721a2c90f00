package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.applications.PackageChanges;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg sync}: brings packages that something inside has changed back to what is recorded (spec conary 9.6). */
public final class SyncCommand implements Command {
    private final Stencil stencil;

    public SyncCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Bring packages of a running container that have drifted back to what is recorded.",
                PackageFlags.with(Syntax.operands("CT", "1", "Container.")));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        PackageChanges changes = stencil.containerPackages(arguments.flag("--skiplock"), out::uninterrupted)
                .packages()
                .restore(PackageFlags.container(arguments), PackageFlags.options(arguments), out.progress());
        ChangesPage.print(changes, "Installed", out);
        return 0;
    }
}
