package dev.stencil.container.applications;

import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageManagers;
import dev.stencil.packages.PackageMatch;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PackageSources;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import java.util.List;

/** The way from templates to the package manager that serves them. */
public record PackageDrivers(PackageManagers managers, PackageSources sources) {

    PackageManager manager(OsTemplate template) {
        return managers.of(template.packageManagerType());
    }

    /** How names of the template's lists are compared with installed packages. */
    PackageMatch match(OsTemplate template) {
        return PackageMatch.of(template.packageManagerType());
    }

    /**
     * Where packages of the container come from: its templates' repositories and those of {@code more} (spec vzpkg 2.5).
     * What is excluded in its configuration is, beside what vztt.conf excludes.
     */
    PackageSource source(Premises premises, List<AppTemplate> more) {
        return sources.of(premises.operatingSystem(), premises.applicationsWith(more))
                .excluding(premises.container().excludes());
    }
}
