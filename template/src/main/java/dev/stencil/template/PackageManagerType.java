package dev.stencil.template;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.util.List;

/** Family of package tools, known by the beginning of {@code package_manager} (spec vzpkg 6.1). */
public enum PackageManagerType {
    RPM_ZYPP("rpmzypp"),
    RPM("rpm"),
    DPKG("dpkg");

    private final String prefix;

    PackageManagerType(String prefix) {
        this.prefix = prefix;
    }

    /** As {@code info} prints it. */
    public String printed() {
        return prefix;
    }

    /** Variables that the tools themselves replace in a repository's address, in lower case. */
    List<String> variables() {
        return switch (this) {
            case RPM, RPM_ZYPP -> List.of("$releasever", "$basearch", "$arch", "$yum");
            case DPKG -> List.of("$(arch)");
        };
    }

    /** Throws {@code PACKAGE_MANAGER_UNKNOWN} for what no driver knows. */
    public static PackageManagerType of(String packageManager) {
        for (PackageManagerType type : values()) {
            if (packageManager.startsWith(type.prefix)) {
                return type;
            }
        }
        throw new StencilException(
                Fault.PACKAGE_MANAGER_UNKNOWN,
                "No driver for the package manager '" + packageManager + "'. Known are rpm…, rpmzypp… and dpkg….");
    }
}
