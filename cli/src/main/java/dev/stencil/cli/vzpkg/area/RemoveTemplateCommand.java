package dev.stencil.cli.vzpkg.area;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.templates.RemovalOptions;
import dev.stencil.container.templates.TemplateRemoval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg remove template} (spec vzpkg 8.8). */
public final class RemoveTemplateCommand implements Command {
    private final Stencil stencil;

    public RemoveTemplateCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Remove templates from this host, with their packages, caches and package lists.",
                Syntax.flag("-f --force", "Although something uses them."),
                Syntax.flag("-n --check-only", "Only tell whether it could be done."),
                Syntax.flag("-s --force-shared", "Although the template area is on NFS."),
                Syntax.value("-F --for-os", "OST", "The names are applications of this OS template."),
                Syntax.operands("NAME", "1..*", "OS templates, or applications with -F."));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        var options = new RemovalOptions(
                arguments.flag("--force"), arguments.flag("--check-only"), arguments.flag("--force-shared"));
        Optional<String> os = arguments.nonEmptyValue("--for-os").map(Arguments::withoutDot);
        TemplateRemoval removal = stencil.templateRemoval();
        List<String> done = new ArrayList<>();
        try {
            for (String name : arguments.names()) {
                if (os.isPresent()) {
                    removal.application(name, os.get(), options, out.progress());
                    done.add(os.get() + " " + name);
                } else {
                    removal.operatingSystem(name, options, out.progress());
                    done.add(name);
                }
            }
        } finally {
            TemplateReport.print(done, options.checkOnly(), "removed", out);
        }
        return 0;
    }
}
