package dev.stencil.packages.rpm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings of rpm that a root of its own decides about: where its database lies, in which format, what is left out. */
record RpmMacros(Map<String, String> values) {
    /** For copies of databases that we read: at one place, whatever the root's own place is. */
    static final RpmMacros IN_COPIES = new RpmMacros(Map.of("_dbpath", "/" + RpmScratch.DATABASE));

    /** What a distribution may say about how its systems are installed. */
    private static final List<String> RESPECTED =
            List.of("_dbpath", "_db_backend", "_install_langs", "_netsharedpath", "_excludedocs");

    RpmMacros {
        values = Map.copyOf(values);
    }

    /** The respected settings of a file of macros; those that would run something are passed over. */
    static RpmMacros parse(String text) {
        Map<String, String> found = new TreeMap<>();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            String[] words = line.strip().split("\\s+", 2);
            if (words.length == 2 && words[0].startsWith("%")) {
                String name = words[0].substring(1);
                if (RESPECTED.contains(name) && !words[1].contains("%")) {
                    found.put(name, words[1].strip());
                }
            }
        }
        return new RpmMacros(found);
    }

    /** Those of {@code later} win. */
    RpmMacros with(RpmMacros later) {
        Map<String, String> all = new TreeMap<>(values);
        all.putAll(later.values);
        return new RpmMacros(all);
    }

    RpmMacros with(String name, String value) {
        return with(new RpmMacros(Map.of(name, value)));
    }

    /** As options of rpm, in one order. */
    List<String> options() {
        List<String> options = new ArrayList<>();
        new TreeMap<>(values).forEach((name, value) -> options.addAll(List.of("--define", name + " " + value)));
        return options;
    }

    /** As a file of macros. */
    String text() {
        var text = new StringBuilder();
        new TreeMap<>(values)
                .forEach((name, value) ->
                        text.append('%').append(name).append(' ').append(value).append('\n'));
        return text.toString();
    }
}
