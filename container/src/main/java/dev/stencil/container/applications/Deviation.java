package dev.stencil.container.applications;

import dev.stencil.packages.PackageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A package of a container that is not what is recorded: something inside has changed it, the guest's own apt for example.
 *
 * @param recorded empty when it should not be there
 * @param installed empty when it should be there and is not
 */
public record Deviation(Optional<PackageName> recorded, Optional<PackageName> installed) {

    /** Of a package that is there and should not be. */
    static Deviation surplus(PackageName installed) {
        return new Deviation(Optional.empty(), Optional.of(installed));
    }

    /** By name. */
    static List<Deviation> between(List<PackageName> recorded, List<PackageName> installed) {
        Map<String, PackageName> should = byKey(recorded);
        Map<String, PackageName> is = byKey(installed);
        Map<String, Deviation> found = new TreeMap<>();
        should.forEach((key, name) -> {
            if (!name.equals(is.get(key))) {
                found.put(key, new Deviation(Optional.of(name), Optional.ofNullable(is.get(key))));
            }
        });
        is.forEach((key, name) -> {
            if (!should.containsKey(key)) {
                found.put(key, new Deviation(Optional.empty(), Optional.of(name)));
            }
        });
        return List.copyOf(found.values());
    }

    /** What is recorded of packages that should be there. */
    static List<PackageName> wanted(List<Deviation> deviations) {
        return deviations.stream().flatMap(one -> one.recorded.stream()).toList();
    }

    /** Packages that should not be there at all. */
    static List<PackageName> surplus(List<Deviation> deviations) {
        List<PackageName> surplus = new ArrayList<>();
        for (Deviation one : deviations) {
            if (one.recorded.isEmpty()) {
                one.installed.ifPresent(surplus::add);
            }
        }
        return surplus;
    }

    /** One line for a person. */
    public String text() {
        String name = recorded.or(() -> installed).map(PackageName::name).orElse("");
        String is = installed.map(PackageName::version).orElse("not installed");
        return name + " is " + is + ", recorded "
                + recorded.map(PackageName::version).orElse("not at all");
    }

    private static Map<String, PackageName> byKey(List<PackageName> names) {
        Map<String, PackageName> map = new TreeMap<>();
        names.forEach(name -> map.put(name.name() + " " + name.arch(), name));
        return map;
    }
}
