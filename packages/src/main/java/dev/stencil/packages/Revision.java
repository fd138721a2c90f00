package dev.stencil.packages;

import java.util.List;

/**
 * How a system's packages are to change.
 *
 * @param newer names of packages that get their newest versions; all that there are when empty
 * @param wanted what the system is to have, as the lists of its template say: what is missing comes in, the rest stays
 * @param securityOnly newer versions come from security repositories only; what they need beside may come from any
 */
public record Revision(List<String> newer, List<String> wanted, boolean securityOnly) {
    public Revision {
        newer = List.copyOf(newer);
        wanted = List.copyOf(wanted);
    }
}
