package dev.stencil.packages.rpm;

import dev.stencil.linux.Root;
import java.io.IOException;
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

    /** Directories that others are written with, in every distribution. */
    private static final Map<String, String> DIRECTORIES = Map.of(
            "%{_usr}", "/usr",
            "%{_prefix}", "/usr",
            "%{_var}", "/var",
            "%{_localstatedir}", "/var",
            "%{_sharedstatedir}", "/var/lib");

    /** Those of the distribution that is in {@code root}, in the order in which its rpm reads them. */
    static RpmMacros of(Root root) throws IOException {
        List<String> files = new ArrayList<>(List.of("usr/lib/rpm/macros"));
        addFiles(root, "usr/lib/rpm/macros.d", files);
        for (String vendor : List.of("redhat", "suse")) {
            files.add("usr/lib/rpm/" + vendor + "/macros");
        }
        files.add("usr/lib/rpm/suse_macros");
        addFiles(root, "etc/rpm", files);
        files.add("etc/rpm/macros");
        var macros = new RpmMacros(Map.of());
        for (String file : files) {
            if (root.exists(file)) {
                macros = macros.with(parse(root.readText(file).orElse("")));
            }
        }
        return macros;
    }

    private static void addFiles(Root root, String folder, List<String> files) throws IOException {
        for (String name : root.list(folder)) {
            if (name.startsWith("macros.")) {
                files.add(folder + "/" + name);
            }
        }
    }

    /** The respected settings of a file of macros; those that would run something are passed over. */
    static RpmMacros parse(String text) {
        Map<String, String> found = new TreeMap<>();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            String setting = line.strip();
            for (String name : RESPECTED) {
                if (setting.startsWith("%") && setting.startsWith(name, 1) && isBlankAt(setting, name.length() + 1)) {
                    String value = expanded(setting.substring(name.length() + 1).strip());
                    if (!value.contains("%")) {
                        found.put(name, value);
                    }
                }
            }
        }
        return new RpmMacros(found);
    }

    private static boolean isBlankAt(String text, int index) {
        return index < text.length() && Character.isWhitespace(text.charAt(index));
    }

    private static String expanded(String value) {
        String text = value;
        for (Map.Entry<String, String> directory : DIRECTORIES.entrySet()) {
            text = text.replace(directory.getKey(), directory.getValue());
        }
        return text;
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
