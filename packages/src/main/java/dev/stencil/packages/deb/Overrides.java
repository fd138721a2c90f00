package dev.stencil.packages.deb;

import dev.stencil.linux.Root;
import dev.stencil.linux.TreeWriter.Attributes;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the root already knows about files to come: diversions, overridden owners and modes, and the numbers of the users
 * and groups that archives name. Sources: dpkg-divert(1), dpkg-statoverride(1).
 */
final class Overrides {
    private record Diversion(String to, String byPackage) {}

    private record Ownership(int uid, int gid, int permissions) {}

    private final Map<String, Diversion> diversions = new HashMap<>();
    private final Map<String, Ownership> ownerships = new HashMap<>();
    private final Map<String, Integer> users;
    private final Map<String, Integer> groups;

    private Overrides(Map<String, Integer> users, Map<String, Integer> groups) {
        this.users = users;
        this.groups = groups;
    }

    static Overrides read(Root root) throws IOException {
        var overrides = new Overrides(numbers(root, "etc/passwd"), numbers(root, "etc/group"));
        List<String> diverted = lines(root, "var/lib/dpkg/diversions");
        for (int i = 0; i + 2 < diverted.size(); i += 3) {
            overrides.diversions.put(diverted.get(i), new Diversion(diverted.get(i + 1), diverted.get(i + 2)));
        }
        for (String line : lines(root, "var/lib/dpkg/statoverride")) {
            overrides.addOwnership(line);
        }
        return overrides;
    }

    private static List<String> lines(Root root, String file) throws IOException {
        return root.readText(file).orElse("").lines().toList();
    }

    private static Map<String, Integer> numbers(Root root, String file) throws IOException {
        Map<String, Integer> numbers = new HashMap<>();
        for (String line : lines(root, file)) {
            String[] fields = line.split(":", -1);
            if (fields.length >= 3 && isNumber(fields[2])) {
                numbers.putIfAbsent(fields[0], Integer.parseInt(fields[2]));
            }
        }
        return numbers;
    }

    private void addOwnership(String line) {
        String[] fields = line.split(" ", 4);
        if (fields.length == 4 && fields[2].chars().allMatch(c -> c >= '0' && c <= '7')) {
            ownerships.put(
                    fields[3],
                    new Ownership(id(fields[0], users), id(fields[1], groups), Integer.parseInt(fields[2], 8)));
        }
    }

    private static int id(String name, Map<String, Integer> numbers) {
        String digits = name.startsWith("#") ? name.substring(1) : "";
        return isNumber(digits) ? Integer.parseInt(digits) : numbers.getOrDefault(name, 0);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Where a file of {@code byPackage} goes that its archive calls {@code path}, which begins with a slash. */
    String placeOf(String path, String byPackage) {
        Diversion diversion = diversions.get(path);
        return diversion == null || diversion.byPackage().equals(byPackage) ? path : diversion.to();
    }

    /** Attributes of a file after override. */
    Attributes attributesOf(String path, Attributes archived) {
        Ownership ownership = ownerships.get(path);
        return ownership == null
                ? archived
                : new Attributes(
                        ownership.uid,
                        ownership.gid,
                        ownership.permissions,
                        archived.mtimeSeconds(),
                        archived.mtimeNanos());
    }

    /** Number of a user named in an archive; empty where the root has no user of that name. */
    Optional<Integer> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    Optional<Integer> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }
}
