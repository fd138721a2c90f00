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

/** {@code vzpkg install}. */
public final class InstallCommand implements Command {
    private final Stencil stencil;

    public InstallCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Install application templates or packages in a running container.",
                PackageFlags.with(
                        PackageFlags.PACKAGES,
                        PackageFlags.GROUPS,
                        PackageFlags.RELEASE,
                        PackageFlags.ERASING,
                        Syntax.operands("CT NAME", "2..*", "Container, then templates or packages.")));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        ContainerPackages services = stencil.containerPackages(arguments.flag("--skiplock"), out::uninterrupted);
        String container = PackageFlags.container(arguments);
        List<String> names = PackageFlags.names(arguments);
        PackageOptions options = PackageFlags.options(arguments);
        if (arguments.flag("--groups")) {
            ChangesPage.print(
                    services.packages().installGroups(container, names, options, out.progress()), "Installed", out);
            return 0;
        }
        PackageChanges changes = arguments.flag("--packages")
                ? services.packages().install(container, names, options, out.progress())
                : services.applications().install(container, names, options, out.progress());
        ChangesPage.print(changes, "Installed", out);
        return 0;
    }
}
