package dev.stencil.packages.deb;

import dev.stencil.packages.deb.PackageSet.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * In which order packages of a stage are unpacked and configured together. Wave 0 is the Essential set with all it
 * needs; a later wave holds packages whose Pre-Depends are in earlier ones and whose Depends are in earlier ones or in its
 * own. What is not among the packages was configured in an earlier stage. A pure function of the packages: the same set
 * gives the same waves, and the order inside is that of names.
 */
final class WavePlan {
    private final PackageSet set;
    private final Map<String, DebPackage> packages;
    /** By {@link DebPackage#infoName}, which is unique in a root. */
    private final Map<String, Integer> waves = new HashMap<>();

    private WavePlan(List<DebPackage> packages) {
        this.set = new PackageSet(packages.stream().map(Member::of).toList());
        this.packages = packages.stream().collect(Collectors.toMap(DebPackage::infoName, one -> one));
    }

    /** The waves, none of them empty; the first is the Essential set if there is one. */
    static List<List<DebPackage>> of(List<DebPackage> packages) {
        var plan = new WavePlan(packages);
        plan.set.essentialClosure().forEach(one -> plan.waves.put(one, 0));
        plan.raiseUntilStable();
        return plan.gather();
    }

    /** Each package not in wave 0 goes into the first wave that its relations allow. */
    private void raiseUntilStable() {
        List<Member> rest = set.members().stream()
                .filter(one -> !waves.containsKey(one.infoName()))
                .toList();
        rest.forEach(one -> waves.put(one.infoName(), 1));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Member one : rest) {
                int wave = Math.min(earliest(one), rest.size());
                if (wave > wave(one)) {
                    waves.put(one.infoName(), wave);
                    changed = true;
                }
            }
        }
    }

    private int earliest(Member one) {
        int wave = wave(one);
        for (Member before : set.needed(one, "Pre-Depends")) {
            wave = Math.max(wave, wave(before) + 1);
        }
        for (Member with : set.needed(one, "Depends")) {
            wave = Math.max(wave, wave(with));
        }
        return wave;
    }

    private int wave(Member one) {
        return waves.getOrDefault(one.infoName(), 0);
    }

    private List<List<DebPackage>> gather() {
        Map<Integer, List<DebPackage>> byWave = new TreeMap<>();
        for (Member one : set.members()) {
            DebPackage deb = packages.get(one.infoName());
            byWave.computeIfAbsent(wave(one), ignored -> new ArrayList<>()).add(deb);
        }
        return List.copyOf(byWave.values());
    }
}
