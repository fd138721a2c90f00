package dev.stencil.packages;

import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.deb.AptPackageManager;
import dev.stencil.packages.rpm.RpmPackageManager;
import dev.stencil.template.PackageManagerType;
import java.time.Clock;

/** The drivers that this installation has. */
public interface PackageManagers {
    /** The driver of that family. */
    PackageManager of(PackageManagerType type);

    /** All there are. {@code host} runs the tools of this host, {@code sandboxes} the scripts of packages. */
    static PackageManagers with(ProgramRunner host, PackageStore store, Sandboxes sandboxes, Clock clock) {
        var apt = new AptPackageManager(host, store, sandboxes, clock);
        var dnf = RpmPackageManager.dnf(host, store, sandboxes, clock);
        var zypper = RpmPackageManager.zypper(host, store, sandboxes, clock);
        return type -> switch (type) {
            case DPKG -> apt;
            case RPM -> dnf;
            case RPM_ZYPP -> zypper;
        };
    }
}
