package dev.stencil.cli.vzpkg.area;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.TemplateDownloads;
import dev.stencil.packages.Freshness;
import dev.stencil.template.OsTemplate;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg update metadata}: package lists anew, whatever their age (spec vzpkg 8.5). */
public final class UpdateMetadataCommand implements Command {
    private final Stencil stencil;

    public UpdateMetadataCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Fetch the package lists of OS templates, their sets and applications, whatever their age.",
                Syntax.flag("-C --cache", "Refused: nothing but the network has newer lists."),
                Syntax.flag("-r --remote", "Accepted; it is what this command does."),
                Syntax.flag("-2 --skiplock", "Take no locks."),
                Syntax.operands("OST", "0..*", "OS templates; all base ones without any."));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        if (arguments.flag("--cache")) {
            throw new StencilException(
                    Fault.BAD_VALUE, "Package lists are fetched from the network. Leave -C away, or do nothing.");
        }
        TemplateDownloads downloads = stencil.downloads();
        List<OsTemplate> templates = templates(arguments);
        for (OsTemplate template : templates) {
            downloads.refresh(template, Freshness.ALWAYS, !arguments.flag("--skiplock"), out.progress());
            out.note("Package lists of " + template.base().name() + " are up to date");
        }
        if (out.isJson()) {
            out.json(json -> {
                json.writeStartObject();
                json.writeArrayPropertyStart("templates");
                templates.forEach(template -> json.writeString(template.base().name()));
                json.writeEndArray();
                json.writeEndObject();
            });
        }
        return 0;
    }

    /** Without operands templates that have no package lists, delivered ready-made, are passed over. */
    private List<OsTemplate> templates(Arguments arguments) {
        if (arguments.operands().isEmpty()) {
            return stencil.templates().baseTemplates().stream()
                    .filter(base -> !base.isPreCached())
                    .toList();
        }
        List<OsTemplate> named = new ArrayList<>();
        arguments.names().forEach(name -> named.add(stencil.templates().requireOfAnyArchitecture(name)));
        return named;
    }
}
