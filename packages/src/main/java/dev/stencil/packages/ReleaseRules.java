package dev.stencil.packages;

import java.util.Optional;

/**
 * What a template or a user says about the choice of packages beyond their names. Only the rpm family asks.
 *
 * @param release the value of {@code $releasever} in addresses; empty where nobody knows one
 * @param weakDependencies whether recommended packages come along; empty leaves it to the package manager's default
 * @param mayErase whether installed packages may go to make room for wanted ones ({@code --allowerasing})
 * @param indexesSigned whether an index without a signature is refused, also where there never was one
 */
public record ReleaseRules(
        String release, Optional<Boolean> weakDependencies, boolean mayErase, boolean indexesSigned) {
    public static final ReleaseRules NONE = new ReleaseRules("", Optional.empty(), false);

    /** Where indexes may be without signatures. */
    public ReleaseRules(String release, Optional<Boolean> weakDependencies, boolean mayErase) {
        this(release, weakDependencies, mayErase, false);
    }

    /** The same for another release. */
    public ReleaseRules release(String other) {
        return new ReleaseRules(other, weakDependencies, mayErase, indexesSigned);
    }

    /** The same, with packages allowed to go. */
    public ReleaseRules erasing() {
        return new ReleaseRules(release, weakDependencies, true, indexesSigned);
    }
}
