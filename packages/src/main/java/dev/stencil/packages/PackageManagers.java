package dev.stencil.packages;

import dev.stencil.template.PackageManagerType;

/** The drivers that this installation has. */
public interface PackageManagers {
    /** The driver of that family; {@code PACKAGE_MANAGER_UNKNOWN} when there is none yet. */
    PackageManager of(PackageManagerType type);
}
