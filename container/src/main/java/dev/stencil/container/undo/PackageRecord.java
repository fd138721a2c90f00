package dev.stencil.container.undo;

import dev.stencil.host.Digest;
import dev.stencil.packages.PackageName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One package of a list {@code before.packages} or {@code after.packages}: name, version, architecture and, where it is
 * known, the digest of its file, by which the package store has it.
 */
public record PackageRecord(PackageName name, Optional<Digest> sha256) {

    static String text(List<PackageRecord> packages) {
        var text = new StringBuilder();
        for (PackageRecord one : packages) {
            text.append(one.name.name())
                    .append(' ')
                    .append(one.name.version())
                    .append(' ')
                    .append(one.name.arch());
            one.sha256.ifPresent(digest -> text.append(' ').append(digest.hex()));
            text.append('\n');
        }
        return text.toString();
    }

    /** Lines that are none are passed over. */
    static List<PackageRecord> parse(String text) {
        List<PackageRecord> packages = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", -1);
            if (words.length == 3 || words.length == 4) {
                Optional<Digest> digest = words.length == 4 ? Optional.of(Digest.parse(words[3])) : Optional.empty();
                packages.add(new PackageRecord(new PackageName(words[0], words[1], words[2]), digest));
            }
        }
        return packages;
    }

    /** {@code names} with the digests that are known by the full name of a package. */
    public static List<PackageRecord> of(List<PackageName> names, Map<String, Digest> known) {
        return names.stream()
                .map(name -> new PackageRecord(name, Optional.ofNullable(known.get(name.toString()))))
                .toList();
    }

    /** Digests by the full name of their packages. */
    public static Map<String, Digest> digests(List<PackageRecord> packages) {
        Map<String, Digest> known = new HashMap<>();
        packages.forEach(one -> one.sha256.ifPresent(digest -> known.put(one.name.toString(), digest)));
        return known;
    }
}
