package dev.stencil.packages;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of one set of packages in another, by name and architecture.
 *
 * @param changes sorted by name, then architecture
 */
public record PackageDiff(List<Change> changes) {
    public PackageDiff {
        changes = List.copyOf(changes);
    }

    /** The fate of one package. */
    public sealed interface Change {
        /** The package as it is afterwards, or was when it is gone. */
        PackageName name();

        record Added(PackageName name) implements Change {}

        record Removed(PackageName name) implements Change {}

        /** Another version. */
        record Changed(PackageName before, PackageName name) implements Change {}
    }

    /** Several versions of one package and architecture are paired only as far as they are equal or one is left of each. */
    public static PackageDiff between(Collection<PackageName> before, Collection<PackageName> after) {
        Map<String, List<PackageName>> gone = grouped(before);
        List<Change> changes = new ArrayList<>();
        Map<String, List<PackageName>> come = new HashMap<>();
        for (PackageName name : after) {
            List<PackageName> former = gone.get(key(name));
            if (former == null || !former.remove(name)) {
                come.computeIfAbsent(key(name), ignored -> new ArrayList<>()).add(name);
            }
        }
        come.forEach((key, names) -> {
            List<PackageName> former = gone.getOrDefault(key, List.of());
            if (former.size() == 1 && names.size() == 1) {
                changes.add(new Change.Changed(former.removeFirst(), names.getFirst()));
            } else {
                names.forEach(name -> changes.add(new Change.Added(name)));
            }
        });
        gone.values().forEach(names -> names.forEach(name -> changes.add(new Change.Removed(name))));
        changes.sort(Comparator.comparing((Change change) -> change.name().name())
                .thenComparing(change -> change.name().arch())
                .thenComparing(change -> change.name().version()));
        return new PackageDiff(changes);
    }

    private static Map<String, List<PackageName>> grouped(Collection<PackageName> names) {
        Map<String, List<PackageName>> grouped = new HashMap<>();
        names.forEach(name ->
                grouped.computeIfAbsent(key(name), ignored -> new ArrayList<>()).add(name));
        return grouped;
    }

    private static String key(PackageName name) {
        return name.name() + ":" + name.arch();
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }
}
