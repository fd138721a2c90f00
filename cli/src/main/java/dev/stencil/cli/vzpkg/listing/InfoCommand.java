package dev.stencil.cli.vzpkg.listing;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.cli.vzpkg.appcache.AppcacheArguments;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.template.OsTemplate;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg info}: fields of a template or of a package (spec vzpkg 4.5). */
public final class InfoCommand implements Command {
    private final Stencil stencil;

    public InfoCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        List<ArgSpec> parts = new ArrayList<>(List.of(
                Syntax.value(
                        "-F --for-os", "OST|CT", "The application or package belongs to this template or container."),
                Syntax.flag("-p --packages", "The operand is a package."),
                Syntax.flag("-g --groups", "The operand is a package group."),
                Syntax.flag("-C --cache", "Use the package lists that are here."),
                Syntax.flag("-r --remote", "Fetch package lists whatever their age."),
                Syntax.flag("-i --pkgid", "With the leading dot of full identifiers.")));
        parts.addAll(AppcacheArguments.selection());
        parts.add(Syntax.value("--vefstype", "TYPE", "Accepted: every file system is served by one cache."));
        parts.add(Syntax.value("--veimgfmt", "FORMAT", "Accepted: every image format is served by one cache."));
        parts.add(Syntax.operands("NAME", "0..*", "Template, application or package, then the fields to show."));
        return Syntax.command(
                "Show what is known about a template, a package or a cache.", parts.toArray(ArgSpec[]::new));
    }

    @Override
    public int run(Arguments arguments, Output out) {
        refuseWhatIsMissing(arguments);
        if (AppcacheArguments.areIn(arguments)) {
            return new AppcacheQuery(stencil).answer(AppcacheArguments.wish(stencil, arguments), out);
        }
        if (arguments.operands().isEmpty()) {
            throw new StencilException(Fault.USAGE, "Name a template or a package.");
        }
        List<String> operands = arguments.operands();
        List<String> fields = operands.subList(1, operands.size());
        String name = Arguments.withoutDot(arguments.operand(0));
        String owner = Arguments.withoutDot(arguments.value("--for-os").orElse(""));
        if (arguments.flag("--groups")) {
            new GroupPage(stencil).show(arguments.operand(0), owner, arguments, out);
        } else if (arguments.flag("--packages")) {
            new PackageFields(stencil).print(name, fields, owner, arguments, out);
        } else if (arguments.flag("--for-os")) {
            out.queried("Getting application template information", () -> {
                OsTemplate os = subject(owner, out);
                page(arguments).application().print(stencil.templates().requireApplication(os, name), fields, out);
                return os;
            });
        } else {
            out.queried("Getting OS template information", () -> {
                OsTemplate os = subject(name, out);
                page(arguments).os().print(os, aliased(fields), out);
                return os;
            });
        }
        return 0;
    }

    /** The template of that name, else that of the running container of that name. */
    private OsTemplate subject(String name, Output out) {
        if (stencil.templates().find(name).isPresent() || !stencil.hasContainer(name)) {
            return stencil.templates().requireOfAnyArchitecture(name);
        }
        stencil.containers().requireRunning(stencil.containers().require(name).id());
        for (var row :
                stencil.containerPackages(false, out::uninterrupted).inventory().templates(name)) {
            if (row.template() instanceof OsTemplate template) {
                return template;
            }
        }
        throw new StencilException(
                Fault.OS_TEMPLATE_UNSET, "Container " + name + " has no OSTEMPLATE in its configuration.");
    }

    private TemplateFields page(Arguments arguments) {
        String dot = arguments.flag("--pkgid") ? "." : "";
        return new TemplateFields(stencil.layout(), stencil.generations(), stencil::urlMap, dot);
    }

    private static List<String> aliased(List<String> fields) {
        return fields.stream()
                .map(field -> field.equals("designation") ? "name" : field)
                .toList();
    }

    private static void refuseWhatIsMissing(Arguments arguments) {
        if (arguments.flag("--packages") && !arguments.flag("--for-os")) {
            throw new StencilException(
                    Fault.BAD_VALUE, "Say with -F which OS template or container the package belongs to.");
        }
    }
}
