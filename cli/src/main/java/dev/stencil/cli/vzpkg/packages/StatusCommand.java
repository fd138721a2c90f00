package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.container.applications.ContainerInventory;
import dev.stencil.container.applications.Deviation;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.TemplatePackages;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.Outdated;
import dev.stencil.packages.PackageName;
import dev.stencil.template.OsTemplate;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.core.JsonGenerator;

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
                Syntax.flag("-C --cache", "Use the package lists that are here."),
                Syntax.flag("-r --remote", "Fetch package lists whatever their age."),
                Syntax.flag("-2 --skiplock", "Take no locks: the caller holds them."),
                Syntax.operands("CT|OST", "0..*", "Containers or OS templates; all base OS templates without one."));
    }

    /** Looks at all operands; the first that is stale or not cached decides the exit code. */
    @Override
    public int run(Arguments arguments, Output out) {
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
        ContainerInventory inventory =
                stencil.containerPackages(!takeLocks, out::uninterrupted).inventory();
        List<Deviation> drifted = inventory.deviations(container);
        List<Outdated> outdated = inventory.outdated(container, freshness, out.progress());
        if (out.isJson()) {
            out.json(json -> write(container, drifted, outdated, json));
        } else if (drifted.isEmpty() && outdated.isEmpty()) {
            out.line("CT " + container + " is up2date");
        } else {
            drifted.forEach(one -> out.note(" " + one.text()));
            if (!drifted.isEmpty()) {
                out.warn("CT " + container + " has drifted: " + drifted.size()
                        + " packages are not what is recorded. Bring them back with: vzpkg sync " + container);
            }
            tell(outdated, out);
            if (!outdated.isEmpty()) {
                out.warn("CT " + container + " is not up2date");
            }
        }
        return drifted.isEmpty() && outdated.isEmpty() ? 0 : Fault.STALE.vzpkgCode();
    }

    private static void write(String container, List<Deviation> drifted, List<Outdated> outdated, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("container", container);
        json.writeStringProperty("state", !drifted.isEmpty() ? "drifted" : !outdated.isEmpty() ? "behind" : "fresh");
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
        json.writeArrayPropertyStart("drifted");
        for (Deviation one : drifted) {
            PackageName name = one.recorded().or(one::installed).orElseThrow();
            json.writeStartObject();
            json.writeStringProperty("name", name.name());
            json.writeStringProperty("arch", name.arch());
            one.installed().ifPresent(is -> json.writeStringProperty("installed", is.version()));
            one.recorded().ifPresent(should -> json.writeStringProperty("recorded", should.version()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
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
            return Fault.NOT_CACHED.vzpkgCode();
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

    private static void tell(List<Outdated> outdated, Output out) {
        for (Outdated one : outdated) {
            out.note(" " + one.installed() + " -> " + one.offered().version());
        }
    }

    private static int first(int code, int next) {
        return code == 0 ? next : code;
    }
}
