package dev.stencil.cli.vzpkg.listing;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.cli.vzpkg.many.ManyFlags;
import dev.stencil.template.TemplateArea;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg list}: templates of this host and their caches, those of containers, packages (spec vzpkg 4.4). */
public final class ListCommand implements Command {
    private final Stencil stencil;

    public ListCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "List OS and application templates, those of a container, or packages.",
                ManyFlags.with(
                        Syntax.flag("-O --os", "OS templates only."),
                        Syntax.flag("-A --app", "Application templates only."),
                        Syntax.flag("-c --cached", "Only OS templates that have a cache."),
                        Syntax.flag("-S --with-summary", "With summaries in place of time stamps."),
                        Syntax.flag("-i --pkgid", "With the leading dot of full identifiers."),
                        Syntax.flag("-p --packages", "Packages: offered for a template, installed in a container."),
                        Syntax.flag("-u --custom-pkg", "Packages of a container that no repository offers."),
                        Syntax.flag("-g --groups", "Package groups."),
                        Syntax.flag("-C --cache", "Use the package lists that are here."),
                        Syntax.flag("-r --remote", "Fetch package lists whatever their age."),
                        Syntax.flag("--skip-db", "Trust what is recorded, do not read a container's package database."),
                        Syntax.flag("-2 --skiplock", "Take no locks: the caller holds them."),
                        Syntax.flag(
                                "-1 --vzdir", "Package directories of a container; the layout that had them is gone."),
                        Syntax.flag("--available", "Applications that could be added to a container."),
                        Syntax.flag("--old-format", "Bare names."),
                        Syntax.operands(
                                "OST|CT", "0..*", "OS template or container; all base OS templates without one.")));
    }

    @Override
    public boolean isCompleteAlone() {
        return true;
    }

    @Override
    public int run(Arguments arguments, Output out) {
        if (ManyFlags.areIn(arguments)) {
            return ManyListing.run(stencil, arguments, out);
        }
        if (arguments.flag("--groups")) {
            new GroupPage(stencil).list(arguments, out);
            return 0;
        }
        if (arguments.flag("--vzdir")) {
            // spec vzpkg 4.4: directories of the VZFS layout, of which no container here has any
            return out.queried("Getting package directories", () -> 0);
        }
        if (arguments.flag("--packages") || arguments.flag("--custom-pkg")) {
            new PackageListing(stencil).print(arguments, out);
            return 0;
        }
        var style = new Row.Style(
                arguments.flag("--pkgid"), arguments.flag("--old-format"), arguments.flag("--with-summary"));
        Row.print(rows(arguments, out, style), style, out);
        return 0;
    }

    private List<Row> rows(Arguments arguments, Output out, Row.Style style) {
        TemplateArea area = stencil.templates();
        TemplateRows.Filter filter = filter(arguments, out, style);
        var templates = new TemplateRows(area, stencil.generations(), TimeZone::getDefault, filter);
        // Without a container it is about repositories of templates (spec vzpkg 8.6); none exist here.
        boolean available = arguments.flag("--available");
        if (arguments.operands().isEmpty()) {
            return available ? List.of() : templates.all();
        }
        List<Row> rows = new ArrayList<>();
        for (String name : arguments.names()) {
            if (stencil.hasContainer(name)) {
                var inventory = stencil.containerPackages(arguments.flag("--skiplock"), out::uninterrupted)
                        .inventory();
                var container = new ContainerRows(inventory, filter);
                rows.addAll(available ? container.availableIn(name, area) : container.of(name));
            } else if (available) {
                area.requireOfAnyArchitecture(name);
            } else {
                rows.addAll(templates.family(area.requireOfAnyArchitecture(name), name));
            }
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
}
