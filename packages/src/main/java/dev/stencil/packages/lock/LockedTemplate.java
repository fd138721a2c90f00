package dev.stencil.packages.lock;

import dev.stencil.host.Arch;
import java.util.List;
import java.util.Optional;

/**
 * What a lock is a lock of: the table {@code [template]} but for {@code digest}, which is that of the lock's inputs.
 *
 * @param name the OS template's full name
 * @param set the OS template set; absent for the base set
 * @param arch as template names write it
 * @param apps application templates, in the order in which they are installed
 * @param build name of the build; absent for the only build of a template without flavors (spec conary 10.6)
 * @param flavor canonical text of the build's flavor, {@link #plainFlavor} for a template without flavors
 * @param manager {@code apt}, {@code dnf}, {@code zypper} …
 * @param clock the time that a build sees, and the newest that may be in its result, in seconds since 1970
 */
public record LockedTemplate(
        String name,
        Optional<String> set,
        String arch,
        List<String> apps,
        Optional<String> build,
        String flavor,
        String manager,
        long clock) {
    public LockedTemplate {
        apps = List.copyOf(apps);
        LockRules.requireText("name", name);
        LockRules.requireText("set", set);
        LockRules.requireText("arch", arch);
        LockRules.requireTexts("apps", apps);
        LockRules.requireText("build", build);
        LockRules.requireText("flavor", flavor);
        LockRules.requireText("manager", manager);
        LockRules.requireNotNegative("clock", clock);
    }

    /** Of the only build of a template without flavors. */
    public LockedTemplate(String name, Optional<String> set, Arch arch, List<String> apps, String manager, long clock) {
        this(name, set, arch.templateName(), apps, Optional.empty(), plainFlavor(arch), manager, clock);
    }

    /** The flavor that is recorded where there are no flavors: just the instruction set. */
    public static String plainFlavor(Arch arch) {
        return "is: " + arch.templateName();
    }

    /** The build's name in messages and file names: {@code default} where it has none. */
    public String buildName() {
        return build.orElse("default");
    }
}
