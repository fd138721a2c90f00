package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.cli.vzpkg.many.ManyFlags;
import dev.stencil.container.applications.ContainerPackages;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.TemplatePackages;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.Outdated;
import dev.stencil.template.OsTemplate;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vzpkg status}: whether containers and caches hold the newest packages (spec vzpkg 4.6). */
public final class StatusCommand implements Command {
    private final Stencil stencil;

    public StatusCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command(
                "Tell whether containers or caches are up to date.",
                ManyFlags.with(
                        Syntax.flag("-C --cache", "Use the package lists that are here."),
                        Syntax.flag("-r --remote", "Fetch package lists whatever their age."),
                        Syntax.flag("-2 --skiplock", "Take no locks: the caller holds them."),
                        Syntax.operands(
                                "CT|OST", "0..*", "Containers or OS templates; all base OS templates without one.")));
    }

    /** Looks at all operands; the first that is stale or not cached decides the exit code. */
    @Override
    public int run(Arguments arguments, Output out) {
        if (ManyFlags.areIn(arguments)) {
            return ManyStatus.run(stencil, arguments, out);
        }
        Freshness freshness = PackageFlags.freshness(arguments);
        boolean takeLocks = !arguments.flag("--skiplock");
        int code = 0;
        if (arguments.operands().isEmpty()) {
            for (OsTemplate template : stencil.templates().baseTemplates()) {
                code = first(code, ofTemplate(template, freshness, takeLocks, out));
            }
        }
        for (String name : arguments.names()) {
            code = first(
                    code,
                    stencil.hasContainer(name)
                            ? ofContainer(name, freshness, takeLocks, out)
                            : ofTemplate(
                                    stencil.templates().requireOfAnyArchitecture(name), freshness, takeLocks, out));
        }
        return code;
    }

    private int ofContainer(String container, Freshness freshness, boolean takeLocks, Output out) {
        ContainerPackages services = stencil.containerPackages(!takeLocks, out::uninterrupted);
        ContainerStatusPage page = ContainerStatusPage.of(services, container, freshness, out.progress());
        page.print(out);
        return page.isFresh() ? 0 : Fault.STALE.vzpkgCode();
    }

    private int ofTemplate(OsTemplate template, Freshness freshness, boolean takeLocks, Output out) {
        TemplatePackages.State state;
        try {
            state = stencil.templatePackages().check(template, freshness, takeLocks, out.progress());
        } catch (StencilException e) {
            if (e.fault() != Fault.NOT_CACHED) {
                throw e;
            }
            out.warn("Error: " + e.getMessage());
            json(template, "missing", List.of(), out);
            return Fault.NOT_CACHED.vzpkgCode();
        }
        if (out.isJson()) {
            json(template, state.isFresh() ? "fresh" : "behind", state.outdated(), out);
            return state.isFresh() ? 0 : Fault.STALE.vzpkgCode();
        }
        String cache = "Cache " + state.generation().directory();
        String all = "Caches of " + template.name();
        if (state.isFresh()) {
            out.line(cache + " is up to date");
            out.line(all + " are up to date");
            return 0;
        }
        tell(state.outdated(), out);
        out.warn(cache + " is not up to date");
        out.warn(all + " are not up to date");
        return Fault.STALE.vzpkgCode();
    }

    private static void json(OsTemplate template, String state, List<Outdated> outdated, Output out) {
        if (!out.isJson()) {
            return;
        }
        out.json(json -> {
            json.writeStartObject();
            json.writeStringProperty("template", template.name());
            json.writeStringProperty("state", state);
            json.writeArrayPropertyStart("behind");
            for (Outdated one : outdated) {
                json.writeStartObject();
                json.writeStringProperty("name", one.installed().name());
                json.writeStringProperty("arch", one.installed().arch());
                json.writeStringProperty("installed", one.installed().version());
                json.writeStringProperty("offered", one.offered().version());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void tell(List<Outdated> outdated, Output out) {
        for (Outdated one : outdated) {
            out.note(" " + one.installed() + " -> " + one.offered().version());
        }
    }

    private static int first(int code, int next) {
        return code == 0 ? next : code;
    }
}
