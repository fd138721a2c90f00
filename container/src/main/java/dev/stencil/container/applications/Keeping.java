package dev.stencil.container.applications;

import dev.stencil.packages.PackageFacts;
import dev.stencil.packages.PackageFacts.Requirement;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageRelations;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which packages stay beside those of a lock: the wanted ones and what these need, unless one does not go with the lock's
 * packages or needs what is not there any more.
 */
final class Keeping {
    private final Map<PackageName, PackageFacts> facts = new HashMap<>();
    private final Set<PackageName> extras;
    private final Set<PackageName> banned = new HashSet<>();

    /**
     * Begins with everything that excludes or is excluded by a package of the lock banned.
     *
     * @param relations among the lock's packages and {@code extras}
     * @param extras packages that the lock does not have
     */
    Keeping(PackageRelations relations, Collection<PackageName> extras) {
        this.extras = Set.copyOf(extras);
        for (PackageFacts one : relations.members()) {
            facts.put(one.name(), one);
        }
        for (PackageFacts one : relations.members()) {
            one.exclusions().forEach(exclusion -> ban(one.name(), exclusion.other()));
        }
    }

    /** The lock's side of a conflict wins. */
    private void ban(PackageName one, PackageName other) {
        if (extras.contains(one) != extras.contains(other)) {
            banned.add(extras.contains(one) ? one : other);
        }
    }

    /** All that stays when {@code wanted} of the extras, and Essential ones, are to stay. */
    Set<PackageName> of(Collection<PackageName> wanted) {
        Set<PackageName> roots = new LinkedHashSet<>(wanted);
        extras.stream().filter(name -> isEssential(name)).forEach(roots::add);
        Set<PackageName> kept = closure(roots);
        while (banned.addAll(unmet(kept))) {
            kept = closure(roots);
        }
        return kept;
    }

    private boolean isEssential(PackageName name) {
        PackageFacts known = facts.get(name);
        return known != null && known.isEssential();
    }

    private Set<PackageName> closure(Set<PackageName> roots) {
        Set<PackageName> kept = new LinkedHashSet<>();
        Deque<PackageName> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            PackageName name = open.remove();
            if (extras.contains(name) && !banned.contains(name) && kept.add(name)) {
                for (Requirement need : requirements(name)) {
                    if (!isMet(need, kept)) {
                        need.metBy().stream()
                                .filter(other -> !banned.contains(other))
                                .findFirst()
                                .ifPresent(open::add);
                    }
                }
            }
        }
        return kept;
    }

    private Set<PackageName> unmet(Set<PackageName> kept) {
        Set<PackageName> unmet = new HashSet<>();
        for (PackageName name : kept) {
            if (!requirements(name).stream().allMatch(need -> isMet(need, kept))) {
                unmet.add(name);
            }
        }
        return unmet;
    }

    private boolean isMet(Requirement need, Set<PackageName> kept) {
        return need.metBy().stream().anyMatch(other -> !extras.contains(other) || kept.contains(other));
    }

    private List<Requirement> requirements(PackageName name) {
        PackageFacts known = facts.get(name);
        return known == null ? List.of() : known.requirements();
    }
}
