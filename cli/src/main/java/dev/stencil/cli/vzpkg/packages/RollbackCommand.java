package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.applications.PackageChanges;
import dev.stencil.container.applications.RollbackResult;
import dev.stencil.container.applications.RollbackService;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Vzpackages;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.core.JsonGenerator;

/** {@code vzpkg rollback}: takes package operations on a container back. */
public final class RollbackCommand implements Command {
    private final Stencil stencil;

    public RollbackCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Undo the last package operation on a container, or all after generation N.",
                Syntax.flag(
                        "--full", "Bring the exact tree back, what was written since included; the container is down."),
                Syntax.flag("-2 --skiplock", "Take no locks: the caller holds them."),
                Syntax.operands("CT [N]", "1..*", "Container, then a number of: vzpkg generations CT."));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        List<String> operands = arguments.operands();
        if (operands.size() > 2) {
            throw new StencilException(Fault.USAGE, "rollback takes a container and one generation.");
        }
        OptionalInt generation = operands.size() == 2 ? OptionalInt.of(number(operands.get(1))) : OptionalInt.empty();
        boolean skipLock = arguments.flag("--skiplock");
        var request = new RollbackService.Request(
                arguments.names().getFirst(), generation, arguments.flag("--full"), !skipLock);
        RollbackResult result = stencil.containerPackages(skipLock, out::uninterrupted)
                .rollbacks()
                .rollback(request, out.progress());
        if (out.isJson()) {
            out.json(json -> write(result, json));
        } else {
            tell(result, arguments.names().getFirst(), out);
        }
        return 0;
    }

    private static int number(String text) {
        if (text.isEmpty() || text.length() > 8 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new StencilException(Fault.BAD_VALUE, "\"" + text + "\" is not the number of a generation.");
        }
        return Integer.parseInt(text);
    }

    private static void tell(RollbackResult result, String container, Output out) {
        ChangesPage.print(result.changes(), "Installed", out);
        result.kept().forEach(path -> out.note("Your later version is kept as /" + path));
        result.notes().forEach(out::note);
        out.line("Container " + container + " is at generation " + result.generation() + ": "
                + switch (result.way()) {
                    case PACKAGES -> "its packages are as they were, everything else was left alone";
                    case TREE -> "its whole tree is as it was";
                    case VERSIONS -> "its former packages are installed again; there was no snapshot";
                });
    }

    private static void write(RollbackResult result, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("generation", result.generation());
        json.writeStringProperty(
                "restored",
                switch (result.way()) {
                    case PACKAGES -> "packages";
                    case TREE -> "tree";
                    case VERSIONS -> "versions";
                });
        json.writeArrayPropertyStart("undone");
        result.undone().forEach(operation -> json.writeNumber(operation.number()));
        json.writeEndArray();
        PackageChanges changes = result.changes();
        names("installed", changes.added(), json);
        names("removed", changes.removed(), json);
        strings("kept", result.kept(), json);
        strings("notes", result.notes(), json);
        json.writeEndObject();
    }

    private static void names(String key, List<PackageName> names, JsonGenerator json) {
        strings(key, names.stream().map(name -> Vzpackages.line(name).strip()).toList(), json);
    }

    private static void strings(String key, List<String> values, JsonGenerator json) {
        json.writeArrayPropertyStart(key);
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
