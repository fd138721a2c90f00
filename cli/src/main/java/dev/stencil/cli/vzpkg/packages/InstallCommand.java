package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.cli.vzpkg.many.ManyFlags;
import dev.stencil.container.applications.ContainerPackages;
import dev.stencil.container.applications.PackageChanges;
import dev.stencil.container.applications.PackageOptions;
import dev.stencil.host.Progress;
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
                ManyFlags.with(PackageFlags.with(
                        PackageFlags.PACKAGES,
                        PackageFlags.GROUPS,
                        PackageFlags.RELEASE,
                        PackageFlags.ERASING,
                        Syntax.operands(
                                "CT NAME", "1..*", "Container, then templates or packages; these alone with --all."))));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        var installing = new Installing(arguments.flag("--packages"), arguments.flag("--groups"));
        if (ManyFlags.areIn(arguments)) {
            PackageFlags.requireNames(arguments.names());
            List<String> templates = installing.areTemplates() ? arguments.names() : List.of();
            return new ManyPackages(stencil, arguments, out).run(installing::of, "Installed", templates, false);
        }
        ContainerPackages services = stencil.containerPackages(arguments.flag("--skiplock"), out::uninterrupted);
        String container = PackageFlags.container(arguments);
        List<String> names = PackageFlags.names(arguments);
        PackageFlags.requireNames(names);
        PackageOptions options = PackageFlags.options(arguments);
        ChangesPage.print(installing.of(services, container, names, options, out.progress()), "Installed", out);
        return 0;
    }

    /** What the names are. */
    private record Installing(boolean arePackages, boolean areGroups) {
        boolean areTemplates() {
            return !arePackages && !areGroups;
        }

        PackageChanges of(
                ContainerPackages services,
                String container,
                List<String> names,
                PackageOptions options,
                Progress progress) {
            if (areGroups) {
                return services.packages().installGroups(container, names, options, progress);
            }
            return arePackages
                    ? services.packages().install(container, names, options, progress)
                    : services.applications().install(container, names, options, progress);
        }
    }
}
