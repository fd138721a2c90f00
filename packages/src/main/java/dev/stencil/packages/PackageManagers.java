package dev.stencil.packages;

import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.deb.AptPackageManager;
import dev.stencil.packages.rpm.RpmPackageManager;
import dev.stencil.packages.tools.Tools;
import dev.stencil.template.PackageManagerType;
import java.time.Clock;
import java.util.function.Function;

/** The drivers that this installation has. */
public interface PackageManagers {
    /** The driver of that family. */
    PackageManager of(PackageManagerType type);

    /** All there are, with the tools of this host. {@code host} runs them, {@code sandboxes} the scripts of packages. */
    static PackageManagers with(ProgramRunner host, PackageStore store, Sandboxes sandboxes, Clock clock) {
        return with(family -> Tools.ofHost(host), store, sandboxes, clock);
    }

    /** All there are. {@code tools} tells where those of a family come from. */
    static PackageManagers with(
            Function<PackageManagerType, Tools> tools, PackageStore store, Sandboxes sandboxes, Clock clock) {
        var apt = new AptPackageManager(tools.apply(PackageManagerType.DPKG), store, sandboxes, clock);
        var dnf = RpmPackageManager.dnf(tools.apply(PackageManagerType.RPM), store, sandboxes, clock);
        var zypper = RpmPackageManager.zypper(tools.apply(PackageManagerType.RPM_ZYPP), store, sandboxes, clock);
        return type -> switch (type) {
            case DPKG -> apt;
            case RPM -> dnf;
            case RPM_ZYPP -> zypper;
        };
    }
}
