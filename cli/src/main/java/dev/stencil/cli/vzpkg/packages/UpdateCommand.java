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
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
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
                ManyFlags.with(PackageFlags.with(
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
                        Syntax.operands(
                                "CT NAME",
                                "0..*",
                                "Container, then templates, or packages with -p; names alone with --all."))));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        if (ManyFlags.areIn(arguments)) {
            requireWhole(arguments, arguments.names());
            boolean alongLocks = isWhole(arguments, arguments.names()) && !arguments.flag("--unlocked");
            return new ManyPackages(stencil, arguments, out)
                    .run(new Updating(arguments)::of, "Updated", List.of(), alongLocks);
        }
        ContainerPackages services = stencil.containerPackages(arguments.flag("--skiplock"), out::uninterrupted);
        String container = PackageFlags.container(arguments);
        List<String> names = PackageFlags.names(arguments);
        requireWhole(arguments, names);
        PackageOptions options = PackageFlags.options(arguments);
        ChangesPage.print(
                new Updating(arguments).of(services, container, names, options, out.progress()), "Updated", out);
        return 0;
    }

    private static boolean isWhole(Arguments arguments, List<String> names) {
        return names.isEmpty() && !arguments.flag("--template") && !arguments.flag("--groups");
    }

    private static void requireWhole(Arguments arguments, List<String> names) {
        if (!isWhole(arguments, names) && (arguments.flag("--exact") || arguments.flag("--unlocked"))) {
            throw new StencilException(
                    Fault.USAGE,
                    "--exact and --unlocked are for all packages of a container. Name the container alone.");
        }
    }

    /** What the options ask for, in one container. */
    private record Updating(Arguments arguments) {
        PackageChanges of(
                ContainerPackages services,
                String container,
                List<String> names,
                PackageOptions options,
                Progress progress) {
            boolean mayAddAndRemove = arguments.flag("--expanded");
            if (arguments.flag("--groups")) {
                return services.packages().updateGroups(container, names, options, progress);
            }
            if (arguments.flag("--template") || (!names.isEmpty() && !arguments.flag("--packages"))) {
                return services.applications().update(container, names, options, progress);
            }
            return names.isEmpty()
                    ? everything(services, container, options, progress)
                    : services.packages().update(container, names, mayAddAndRemove, options, progress);
        }

        /** Along the lock in force, or else from the repositories. */
        private PackageChanges everything(
                ContainerPackages services, String container, PackageOptions options, Progress progress) {
            LockMode mode = arguments.flag("--unlocked") ? LockMode.UNLOCKED : LockMode.BY_HOST;
            return services.locks()
                    .update(container, mode, arguments.flag("--exact"), options, progress)
                    .orElseGet(() -> services.packages()
                            .update(container, List.of(), arguments.flag("--expanded"), options, progress));
        }
    }
}
