package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.cli.vzpkg.many.ManyFlags;
import dev.stencil.container.applications.ContainerPackages;
import dev.stencil.host.StencilException;
import dev.stencil.packages.Freshness;
import dev.stencil.template.OsTemplate;
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
        var look = new Look(PackageFlags.freshness(arguments), !arguments.flag("--skiplock"), out);
        var report = new StatusReport(out);
        if (arguments.operands().size() == 1) {
            report.add(look.at(arguments.names().getFirst()));
            report.writeOne();
            return report.code();
        }
        try {
            if (arguments.operands().isEmpty()) {
                stencil.templates().baseTemplates().forEach(template -> report.add(look.at(template)));
            }
            arguments.names().forEach(name -> report.add(look.at(name)));
        } catch (StencilException e) {
            report.writeUntil(e);
            throw e;
        }
        report.writeAll();
        return report.code();
    }

    /** Looks at one operand after the other, all in the same way. */
    private final class Look {
        private final Freshness freshness;
        private final boolean takeLocks;
        private final Output out;

        Look(Freshness freshness, boolean takeLocks, Output out) {
            this.freshness = freshness;
            this.takeLocks = takeLocks;
            this.out = out;
        }

        StatusPage at(String name) {
            if (!stencil.hasContainer(name)) {
                return at(stencil.templates().requireOfAnyArchitecture(name));
            }
            ContainerPackages services = stencil.containerPackages(!takeLocks, out::uninterrupted);
            return ContainerStatusPage.of(services, name, freshness, out.progress());
        }

        StatusPage at(OsTemplate template) {
            return TemplateStatusPage.of(stencil.templatePackages(), template, freshness, takeLocks, out.progress());
        }
    }
}
