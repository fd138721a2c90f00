package dev.stencil.cli.vzpkg.listing;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.template.TemplateArea;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg list}: templates of this host and their caches (spec vzpkg 4.4). */
public final class ListCommand implements Command {
    private final Stencil stencil;

    public ListCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "List OS and application templates, those of a container, or packages.",
                Syntax.flag("-O --os", "OS templates only."),
                Syntax.flag("-A --app", "Application templates only."),
                Syntax.flag("-c --cached", "Only OS templates that have a cache."),
                Syntax.flag("-S --with-summary", "With summaries in place of time stamps."),
                Syntax.flag("-i --pkgid", "With the leading dot of full identifiers."),
                Syntax.flag("-g --groups", "Package groups."),
                Syntax.flag("--available", "What could be installed."),
                Syntax.flag("--old-format", "Bare names."),
                Syntax.operands("OST|CT", "0..*", "OS template or container; all base OS templates without one."));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        refuseWhatIsMissing(arguments);
        var style = new Row.Style(
                arguments.flag("--pkgid"), arguments.flag("--old-format"), arguments.flag("--with-summary"));
        Row.print(rows(arguments, out, style), style, out);
        return 0;
    }

    private List<Row> rows(Arguments arguments, Output out, Row.Style style) {
        TemplateArea area = stencil.templates();
        var templates = new TemplateRows(area, stencil.generations(), stencil::clock, filter(arguments, out, style));
        if (arguments.operands().isEmpty()) {
            return templates.all();
        }
        List<Row> rows = new ArrayList<>();
        for (String name : arguments.names()) {
            rows.addAll(templates.family(area.requireOfAnyArchitecture(name), name));
        }
        return rows;
    }

    private static TemplateRows.Filter filter(Arguments arguments, Output out, Row.Style style) {
        String only = arguments.lastOf("--os", "--app").orElse("");
        boolean json = out.isJson();
        return new TemplateRows.Filter(
                !only.equals("--app"),
                !only.equals("--os"),
                arguments.flag("--cached"),
                style.summaries() || json,
                json || !(out.isQuiet() || style.summaries() || style.namesOnly()));
    }

    private static void refuseWhatIsMissing(Arguments arguments) {
        if (arguments.flag("--groups")) {
            throw new StencilException(
                    Fault.NOT_SUPPORTED, "Package groups exist with yum only; apt and zypper have none.");
        }
        if (arguments.flag("--available")) {
            throw new StencilException(
                    Fault.NOT_SUPPORTED,
                    "There is no repository of templates to list. Templates ship with Stencil or are put below "
                            + "the template area; \"vzpkg list\" shows those.");
        }
    }
}
