package dev.stencil.packages.deb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In which order packages of a new root are unpacked and configured together. Wave 0 is the Essential set with all it
 * needs; a later wave holds packages whose Pre-Depends are in earlier ones and whose Depends are in earlier ones or in its
 * own. A pure function of the packages: the same set gives the same waves, and the order inside is that of names.
 */
final class WavePlan {
    private static final List<String> PRIORITIES = List.of("required", "important", "standard");

    private final Map<String, List<DebPackage>> byName = new HashMap<>();
    /** By {@link DebPackage#infoName}, which is unique in a root. */
    private final Map<String, Integer> waves = new HashMap<>();

    private final List<DebPackage> packages;

    private WavePlan(List<DebPackage> packages) {
        this.packages = packages.stream()
                .sorted(Comparator.comparing(DebPackage::name).thenComparing(DebPackage::arch))
                .toList();
        for (DebPackage one : this.packages) {
            offer(one.name(), one);
            for (List<String> provided : needs(one, "Provides")) {
                offer(provided.getFirst(), one);
            }
        }
    }

    private void offer(String name, DebPackage provider) {
        byName.computeIfAbsent(name, ignored -> new ArrayList<>()).add(provider);
    }

    /** The waves, none of them empty; the first is the Essential set if there is one. */
    static List<List<DebPackage>> of(List<DebPackage> packages) {
        var plan = new WavePlan(packages);
        plan.markEssential();
        plan.raiseUntilStable();
        return plan.gather();
    }

    private void markEssential() {
        Deque<DebPackage> open = new ArrayDeque<>();
        packages.stream().filter(DebPackage::isEssential).forEach(open::add);
        while (!open.isEmpty()) {
            DebPackage one = open.remove();
            if (waves.put(one.infoName(), 0) == null) {
                open.addAll(needed(one, "Pre-Depends"));
                open.addAll(needed(one, "Depends"));
            }
        }
    }

    /** Each package not in wave 0 goes into the first wave that its relations allow. */
    private void raiseUntilStable() {
        List<DebPackage> rest = packages.stream()
                .filter(one -> !waves.containsKey(one.infoName()))
                .toList();
        rest.forEach(one -> waves.put(one.infoName(), 1));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (DebPackage one : rest) {
                int wave = Math.min(earliest(one), rest.size());
                if (wave > wave(one)) {
                    waves.put(one.infoName(), wave);
                    changed = true;
                }
            }
        }
    }

    private int earliest(DebPackage one) {
        int wave = wave(one);
        for (DebPackage before : needed(one, "Pre-Depends")) {
            wave = Math.max(wave, wave(before) + 1);
        }
        for (DebPackage with : needed(one, "Depends")) {
            wave = Math.max(wave, wave(with));
        }
        return wave;
    }

    private int wave(DebPackage one) {
        return waves.getOrDefault(one.infoName(), 0);
    }

    /**
     * For each clause of a relation field the package of the set that meets it: of the first alternative that is there, the
     * real package, else the provider of the highest priority. ({@code awk} of base-files is mawk, also beside gawk.)
     */
    private List<DebPackage> needed(DebPackage one, String field) {
        List<DebPackage> found = new ArrayList<>();
        for (List<String> choice : needs(one, field)) {
            for (String name : choice) {
                List<DebPackage> offered = byName.getOrDefault(name, List.of());
                if (!offered.isEmpty()) {
                    found.addAll(best(name, offered));
                    break;
                }
            }
        }
        found.removeIf(other -> other.infoName().equals(one.infoName()));
        return found;
    }

    /** All architectures of a real package; one provider of a virtual one. */
    private static List<DebPackage> best(String name, List<DebPackage> offered) {
        List<DebPackage> real =
                offered.stream().filter(one -> one.name().equals(name)).toList();
        return real.isEmpty()
                ? offered.stream().min(Comparator.comparing(WavePlan::rank)).stream()
                        .toList()
                : real;
    }

    private static int rank(DebPackage one) {
        int rank = PRIORITIES.indexOf(one.control().get("Priority").orElse(""));
        return rank < 0 ? PRIORITIES.size() : rank;
    }

    private static List<List<String>> needs(DebPackage one, String field) {
        return one.control()
                .get(field)
                .map(text -> Dependencies.parse(text).clauses())
                .orElse(List.of());
    }

    private List<List<DebPackage>> gather() {
        Map<Integer, List<DebPackage>> byWave = new java.util.TreeMap<>();
        for (DebPackage one : packages) {
            byWave.computeIfAbsent(wave(one), ignored -> new ArrayList<>()).add(one);
        }
        return List.copyOf(byWave.values());
    }
}
