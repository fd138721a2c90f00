package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.applications.PackageChanges;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg localinstall} and {@code localupdate}: package files of the host into a container. */
public final class LocalFilesCommand implements Command {
    private final Stencil stencil;
    private final String section;

    private LocalFilesCommand(Stencil stencil, String section) {
        this.stencil = stencil;
        this.section = section;
    }

    public static Command install(Stencil stencil) {
        return new LocalFilesCommand(stencil, "Installed");
    }

    public static Command update(Stencil stencil) {
        return new LocalFilesCommand(stencil, "Updated");
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Put package files of this host into a running container, with what they need from the repositories.",
                PackageFlags.with(
                        PackageFlags.EXPANDED,
                        PackageFlags.RELEASE,
                        PackageFlags.ERASING,
                        Syntax.operands("CT FILE", "2..*", "Container, then package files.")));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        List<String> operands = arguments.operands();
        List<Path> files =
                operands.subList(1, operands.size()).stream().map(Path::of).toList();
        PackageChanges changes = stencil.containerPackages(arguments.flag("--skiplock"), out::uninterrupted)
                .packages()
                .installFiles(
                        PackageFlags.container(arguments), files, PackageFlags.options(arguments), out.progress());
        ChangesPage.print(changes, section, out);
        return 0;
    }
}
