package dev.stencil.host;

import java.util.Optional;

/** An architecture of the template system; source: spec vzpkg 1.2 and 1.3. */
public enum Arch {
    X86("x86", "i386"),
    X86_64("x86_64", "amd64"),
    IA64("ia64", "ia64");

    private final String templateName;
    private final String debianName;

    Arch(String templateName, String debianName) {
        this.templateName = templateName;
        this.debianName = debianName;
    }

    /** As written in template names and directories. */
    public String templateName() {
        return templateName;
    }

    /** As dpkg names it. */
    public String debianName() {
        return debianName;
    }

    public static Optional<Arch> named(String text) {
        for (Arch arch : values()) {
            if (arch.templateName.equals(text)) {
                return Optional.of(arch);
            }
        }
        return Optional.empty();
    }

    /** What this host is: {@code uname -m} when that is x86_64 or ia64, else x86. */
    public static Arch ofHost() {
        return switch (System.getProperty("os.arch")) {
            case "amd64" -> X86_64;
            case "ia64" -> IA64;
            default -> X86;
        };
    }

    /** Whether programs of this architecture run on {@code host}: an x86_64 host also runs x86. */
    public boolean runsOn(Arch host) {
        return this == host || (this == X86 && host == X86_64);
    }
}
