package dev.stencil.packages.tools;

import dev.stencil.template.PackageManagerType;
import java.util.List;

/** A part of a package manager that a driver runs, and the oldest version of it that can do what the driver asks. */
public enum Tool {
    /** Patterns in place of names: apt-patterns(7). */
    APT("apt-get", "2.0", "apt"),
    GPGV("gpgv", Tool.ANY, "gpgv gnupg gnupg2"),
    /** The level that signatures of packages are checked at, {@code %_pkgverify_level}. */
    RPM("rpm", "4.15", "rpm"),
    /** Its Python interface: the program may be another one, {@code dnf5}. */
    DNF("dnf", "4.2", "dnf python3-dnf"),
    ZYPPER("zypper", "1.14", "zypper");

    private static final String ANY = "0";

    private final String program;
    private final String oldest;
    private final String packages;

    Tool(String program, String oldest, String packages) {
        this.program = program;
        this.oldest = oldest;
        this.packages = packages;
    }

    /** What the driver of a family runs. */
    public static List<Tool> of(PackageManagerType family) {
        return switch (family) {
            case DPKG -> List.of(APT, GPGV);
            case RPM -> List.of(DNF, RPM);
            case RPM_ZYPP -> List.of(ZYPPER, DNF, RPM);
        };
    }

    String program() {
        return program;
    }

    String oldest() {
        return oldest;
    }

    boolean isAnyVersionGood() {
        return oldest.equals(ANY);
    }

    /** What a person calls it. */
    String shown() {
        return this == APT ? "apt" : program;
    }

    /** Whether one of the packages that bring it is among {@code names}; what others depend on need not be named. */
    boolean isAmong(List<String> names) {
        return this == GPGV
                || this == RPM
                || List.of(packages.split(" ")).stream().anyMatch(names::contains);
    }
}
