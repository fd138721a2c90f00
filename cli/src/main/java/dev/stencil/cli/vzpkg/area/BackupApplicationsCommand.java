package dev.stencil.cli.vzpkg.area;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.applications.BackedUpApplications;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg get_backup_apps PRIVATE CONF}: which applications a container has that exists only as its files. */
public final class BackupApplicationsCommand implements Command {
    private final Stencil stencil;

    public BackupApplicationsCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "List the applications of a container's private area, judged by its recorded packages.",
                Syntax.operands("PRIVATE CONF", "2..*", "Private area and configuration of a container."));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        List<String> names = new BackedUpApplications(stencil.templates())
                .of(Path.of(arguments.operand(0)), Path.of(arguments.operand(1)));
        if (out.isJson()) {
            out.json(json -> {
                json.writeStartArray();
                names.forEach(json::writeString);
                json.writeEndArray();
            });
            return 0;
        }
        names.forEach(out::line);
        return 0;
    }
}
