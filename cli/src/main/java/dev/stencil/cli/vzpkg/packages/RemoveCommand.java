package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.applications.ContainerPackages;
import dev.stencil.container.applications.PackageChanges;
import dev.stencil.container.applications.PackageOptions;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg remove}. */
public final class RemoveCommand implements Command {
    private final Stencil stencil;

    public RemoveCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Remove application templates or packages from a running container.",
                PackageFlags.with(
                        PackageFlags.PACKAGES,
                        PackageFlags.GROUPS,
                        PackageFlags.WITH_DEPENDS,
                        Syntax.operands("CT NAME", "2..*", "Container, then templates or packages.")));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        ContainerPackages services = stencil.containerPackages(arguments.flag("--skiplock"), out::uninterrupted);
        String container = PackageFlags.container(arguments);
        List<String> names = PackageFlags.names(arguments);
        boolean withDependants = arguments.flag("--with-depends");
        PackageOptions options = PackageFlags.options(arguments);
        if (arguments.flag("--groups")) {
            ChangesPage.print(
                    services.packages().removeGroups(container, names, options, out.progress()), "Installed", out);
            return 0;
        }
        PackageChanges changes = arguments.flag("--packages")
                ? services.packages().remove(container, names, withDependants, options, out.progress())
                : services.applications().remove(container, names, withDependants, options, out.progress());
        ChangesPage.print(changes, "Installed", out);
        return 0;
    }
}
