package dev.stencil.cli.vzpkg.area;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.templates.InstallRequest;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg install template} and {@code update template}: templates out of package files, or by name (spec vzpkg 8.7). */
public final class InstallTemplateCommand implements Command {
    private final Stencil stencil;
    private final boolean isUpdate;

    private InstallTemplateCommand(Stencil stencil, boolean isUpdate) {
        this.stencil = stencil;
        this.isUpdate = isUpdate;
    }

    public static Command install(Stencil stencil) {
        return new InstallTemplateCommand(stencil, false);
    }

    public static Command update(Stencil stencil) {
        return new InstallTemplateCommand(stencil, true);
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                isUpdate ? "Update templates from their packages." : "Install templates from their packages.",
                Syntax.flag("-f --force", "Whatever is there, is depended upon, and for any architecture."),
                Syntax.flag("-n --check-only", "Only tell whether it could be done."),
                Syntax.value("-F --for-os", "OST", "The names are applications of this OS template."),
                Syntax.flag("-v --no-vzup2date", "Files only: look for no names in the host's repositories."),
                Syntax.operands("FILE|NAME", "1..*", "Files of packages (.rpm, .deb), or names of templates."));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        var request = new InstallRequest(
                arguments.operands(),
                isUpdate,
                arguments.nonEmptyValue("--for-os").map(Arguments::withoutDot),
                arguments.flag("--force"),
                arguments.flag("--check-only"),
                arguments.flag("--no-vzup2date"));
        List<String> done = stencil.templateInstallation().run(request, out.progress());
        TemplateReport.print(done, arguments.flag("--check-only"), isUpdate ? "updated" : "installed", out);
        return 0;
    }
}
