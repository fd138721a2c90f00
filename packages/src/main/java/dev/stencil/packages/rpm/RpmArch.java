package dev.stencil.packages.rpm;

import dev.stencil.host.Arch;

/**
 * An architecture in the words of rpm and dnf.
 *
 * @param machine what packages are built for at most, {@code $arch}
 * @param base its family, {@code $basearch} in addresses of repositories
 */
record RpmArch(String machine, String base) {
    static RpmArch of(Arch arch) {
        return switch (arch) {
            case X86 -> new RpmArch("i686", "i386");
            case X86_64 -> new RpmArch("x86_64", "x86_64");
            case IA64 -> new RpmArch("ia64", "ia64");
        };
    }
}
