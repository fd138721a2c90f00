package dev.stencil.packages;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.template.PackageManagerType;
import java.util.List;

/**
 * Packages that a repository offers together under one name. Only the rpm family has them.
 *
 * @param id by which it is named on command lines, as well as by its name
 * @param mandatory packages without which the group is not there
 * @param defaults come along unless somebody objects
 * @param optional come only when named
 */
public record PackageGroup(
        String id,
        String name,
        String description,
        List<String> mandatory,
        List<String> defaults,
        List<String> optional) {
    public PackageGroup {
        mandatory = List.copyOf(mandatory);
        defaults = List.copyOf(defaults);
        optional = List.copyOf(optional);
    }

    /** Throws {@code NOT_SUPPORTED} for families without groups. */
    public static void requireThemIn(PackageManagerType family) {
        if (family != PackageManagerType.RPM) {
            throw new StencilException(
                    Fault.NOT_SUPPORTED, "Package groups exist with dnf only; apt and zypper have none.");
        }
    }

    /** Whether {@code wanted} means this group: its id or its name, the latter in any letters. */
    public boolean isNamed(String wanted) {
        return id.equals(wanted) || name.equalsIgnoreCase(wanted);
    }
}
