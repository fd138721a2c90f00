package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.applications.ContainerPackages;
import dev.stencil.container.applications.PackageChanges;
import dev.stencil.container.applications.PackageOptions;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.lock.LockMode;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg update}: all packages, packages by name, or templates (spec vzpkg 4.7 and 7.2). */
public final class UpdateCommand implements Command {
    private final Stencil stencil;

    public UpdateCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Update packages or templates in a running container; all its packages without names.",
                PackageFlags.with(
                        PackageFlags.PACKAGES,
                        PackageFlags.GROUPS,
                        PackageFlags.RELEASE,
                        PackageFlags.ERASING,
                        Syntax.flag("-t --template", "The names are templates; without names all of the container."),
                        PackageFlags.EXPANDED,
                        Syntax.flag(
                                "--exact",
                                "Along a lock: what neither it nor an application template asks for goes too."),
                        Syntax.flag("--unlocked", "Take the newest packages, whatever locks there are."),
                        Syntax.operands("CT NAME", "1..*", "Container, then templates, or packages with -p.")));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        ContainerPackages services = stencil.containerPackages(arguments.flag("--skiplock"), out::uninterrupted);
        String container = PackageFlags.container(arguments);
        List<String> names = PackageFlags.names(arguments);
        PackageOptions options = PackageFlags.options(arguments);
        requireWhole(arguments, names);
        if (arguments.flag("--groups")) {
            ChangesPage.print(
                    services.packages().updateGroups(container, names, options, out.progress()), "Updated", out);
            return 0;
        }
        boolean templates = arguments.flag("--template") || (!names.isEmpty() && !arguments.flag("--packages"));
        PackageChanges changes = templates
                ? services.applications().update(container, names, options, out.progress())
                : names.isEmpty()
                        ? everything(services, container, arguments, out)
                        : services.packages()
                                .update(container, names, arguments.flag("--expanded"), options, out.progress());
        ChangesPage.print(changes, "Updated", out);
        return 0;
    }

    private static void requireWhole(Arguments arguments, List<String> names) {
        boolean isPart = !names.isEmpty() || arguments.flag("--template") || arguments.flag("--groups");
        if (isPart && (arguments.flag("--exact") || arguments.flag("--unlocked"))) {
            throw new StencilException(
                    Fault.USAGE,
                    "--exact and --unlocked are for all packages of a container. Name the container alone.");
        }
    }

    /** Along the lock in force, or else from the repositories. */
    private static PackageChanges everything(
            ContainerPackages services, String container, Arguments arguments, Output out) {
        PackageOptions options = PackageFlags.options(arguments);
        LockMode mode = arguments.flag("--unlocked") ? LockMode.UNLOCKED : LockMode.BY_HOST;
        return services.locks()
                .update(container, mode, arguments.flag("--exact"), options, out.progress())
                .orElseGet(() -> services.packages()
                        .update(container, List.of(), arguments.flag("--expanded"), options, out.progress()));
    }
}
