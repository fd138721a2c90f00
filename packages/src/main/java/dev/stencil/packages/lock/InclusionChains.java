package dev.stencil.packages.lock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How the packages of a lock came in, by what the lock itself records in {@code why}: from a list of the template over the
 * packages that need each other. A package is called by its name, with {@code :arch} where the lock has two of the name.
 */
final class InclusionChains {
    private final Map<String, LockedPackage> byLabel = new TreeMap<>(LockRules.BY_CODE_POINT);
    private final Map<String, List<String>> labelsOf = new HashMap<>();
    /** Who asks, and for what, both sorted. */
    private final Map<String, List<String>> asked = new TreeMap<>(LockRules.BY_CODE_POINT);
    /** For each package the one before it on a shortest way from a list. */
    private final Map<String, String> parents = new HashMap<>();

    InclusionChains(Lock lock) {
        for (LockedPackage one : lock.packages()) {
            labelsOf.computeIfAbsent(one.name(), ignored -> new ArrayList<>()).add(one.arch());
        }
        for (LockedPackage one : lock.packages()) {
            byLabel.put(label(one.name(), one.arch()), one);
        }
        byLabel.forEach((label, one) -> {
            for (String who : one.membership().why()) {
                asking(who).forEach(asker -> asked.computeIfAbsent(asker, ignored -> new ArrayList<>())
                        .add(label));
            }
        });
        walk();
    }

    private String label(String name, String arch) {
        return labelsOf.getOrDefault(name, List.of()).size() > 1 ? name + ":" + arch : name;
    }

    /** A name without architecture means all packages of that name. */
    private List<String> asking(String who) {
        List<String> arches = labelsOf.getOrDefault(who, List.of());
        return arches.size() > 1 ? arches.stream().map(arch -> who + ":" + arch).toList() : List.of(who);
    }

    private void walk() {
        Deque<String> open = new ArrayDeque<>(roots());
        Set<String> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            String from = open.remove();
            for (String label : asked.getOrDefault(from, List.of())) {
                if (seen.add(label)) {
                    parents.put(label, from);
                    open.add(label);
                }
            }
        }
    }

    /** Lists of the template: those who ask and are no packages, sorted. */
    List<String> roots() {
        return asked.keySet().stream().filter(who -> !byLabel.containsKey(who)).toList();
    }

    /** Packages, by what they are called. */
    Map<String, LockedPackage> packages() {
        return byLabel;
    }

    /** What a list or a package asks for, sorted. */
    List<String> askedBy(String who) {
        return asked.getOrDefault(who, List.of());
    }

    /** What the packages of that name are called. */
    List<String> labels(String name) {
        return labelsOf.getOrDefault(name, List.of()).stream()
                .map(arch -> label(name, arch))
                .toList();
    }

    /** From a list to the package, a shortest one; the package alone when no list leads to it. */
    List<String> chain(String label) {
        List<String> upwards = new ArrayList<>(List.of(label));
        for (String parent = parents.get(label); parent != null; parent = parents.get(parent)) {
            upwards.add(parent);
        }
        return List.copyOf(upwards.reversed());
    }

    /** {@code packages -> hostname -> libc6}. */
    String chainText(String name, String arch) {
        return String.join(" -> ", chain(label(name, arch)));
    }
}
