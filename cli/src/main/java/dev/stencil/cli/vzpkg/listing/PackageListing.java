package dev.stencil.cli.vzpkg.listing;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.container.applications.ContainerInventory;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import java.util.List;

/** {@code list -p} and {@code list -u}: what repositories offer, what is installed, what is installed from elsewhere. */
final class PackageListing {
    private final Stencil stencil;

    PackageListing(Stencil stencil) {
        this.stencil = stencil;
    }

    void print(Arguments arguments, Output out) {
        if (arguments.operands().isEmpty()) {
            throw new StencilException(Fault.USAGE, "Name an OS template or a container to list the packages of.");
        }
        var lists = new ListsByOperand<InstalledPackage>();
        for (String name : arguments.names()) {
            List<InstalledPackage> packages = stencil.hasContainer(name)
                    ? ofContainer(name, arguments, out)
                    : out.queried("Getting template packages", () -> offered(name, arguments, out));
            if (out.isJson()) {
                lists.add(name, packages);
                continue;
            }
            if (arguments.flag("--custom-pkg") && !packages.isEmpty() && !out.isQuiet()) {
                out.line("These packages of container " + name + " are in no repository of its templates:");
            }
            PackageRows.print(packages, arguments.flag("--with-summary"), out);
        }
        if (out.isJson()) {
            lists.write(out, PackageRows::write);
        }
    }

    private List<InstalledPackage> ofContainer(String name, Arguments arguments, Output out) {
        ContainerInventory inventory = stencil.containerPackages(arguments.flag("--skiplock"), out::uninterrupted)
                .inventory();
        if (arguments.flag("--custom-pkg")) {
            return inventory.customPackages(name, freshness(arguments), out.progress());
        }
        return out.queried(
                "Getting Container packages",
                () -> arguments.flag("--skip-db") ? recorded(inventory, name) : inventory.packages(name));
    }

    private static List<InstalledPackage> recorded(ContainerInventory inventory, String container) {
        return inventory.recordedPackages(container).stream()
                .map(one -> new InstalledPackage(one, ""))
                .toList();
    }

    private List<InstalledPackage> offered(String name, Arguments arguments, Output out) {
        if (arguments.flag("--custom-pkg")) {
            throw new StencilException(Fault.CONTAINER_NAME, "There is no container " + name + ". See vzlist -a.");
        }
        TemplateArea area = stencil.templates();
        OsTemplate template = area.requireOfAnyArchitecture(name);
        return stencil.templatePackages()
                .offered(template, area.applications(template), freshness(arguments), true, out.progress());
    }

    private static Freshness freshness(Arguments arguments) {
        return switch (arguments.lastOf("--cache", "--remote").orElse("")) {
            case "--cache" -> Freshness.LOCAL_ONLY;
            case "--remote" -> Freshness.ALWAYS;
            default -> Freshness.WHEN_EXPIRED;
        };
    }
}
