package dev.stencil.packages;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one package of a set says about itself, with its relations worked out against the set.
 *
 * @param isEssential whether every system of its distribution has it without being asked
 * @param installedBytes what it says it takes in the root
 * @param source its source package, {@code name=version}
 * @param requirements what it strongly needs, in its own order; recommendations are not among them
 * @param exclusions members of the set that it cannot be installed with
 */
public record PackageFacts(
        PackageName name,
        boolean isEssential,
        OptionalLong installedBytes,
        Optional<String> source,
        List<Requirement> requirements,
        List<Exclusion> exclusions) {
    public PackageFacts {
        requirements = List.copyOf(requirements);
        exclusions = List.copyOf(exclusions);
    }

    /**
     * One thing it needs.
     *
     * @param text as the package writes it, {@code libc6 (>= 2.36) | libc6-udeb}
     * @param isBefore whether it must be configured before the package is even unpacked
     * @param metBy members of the set that would do, the preferred one first; none means that it is not met
     */
    public record Requirement(String text, boolean isBefore, List<PackageName> metBy) {
        public Requirement {
            metBy = List.copyOf(metBy);
        }
    }

    /**
     * A member that it does not go with.
     *
     * @param relation between the two names in a sentence: {@code conflicts with}, {@code breaks}
     * @param text as the package writes it, {@code libfoo1 (<< 2.0)}
     */
    public record Exclusion(String relation, String text, PackageName other) {}
}
