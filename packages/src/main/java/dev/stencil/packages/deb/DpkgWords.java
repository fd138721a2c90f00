package dev.stencil.packages.deb;

import dev.stencil.linux.Finished;
import dev.stencil.packages.PathConflict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a failed dpkg said: its own error lines, which package they are about, and what the package's script said last. */
record DpkgWords(List<String> errors, SequencedSet<String> packages, List<String> before) {
    private static final int SCRIPT_LINES = 5;
    private static final Pattern OVERWRITE = Pattern.compile(
            "trying to overwrite (?:shared |directory )?'(.+)', which is (?:also )?(?:different from other instances of|in) package (\\S+)");

    static DpkgWords of(Finished dpkg) {
        return parse(dpkg.stderrEnd());
    }

    static DpkgWords parse(String stderr) {
        List<String> errors = new ArrayList<>();
        List<String> other = new ArrayList<>();
        SequencedSet<String> packages = new LinkedHashSet<>();
        boolean continued = false;
        boolean summary = false;
        for (String line : stderr.lines().toList()) {
            if (line.startsWith("Errors were encountered while processing:")) {
                summary = true;
            } else if (summary && line.startsWith(" ")) {
                packages.add(shortName(line.strip()));
            } else if (line.startsWith("dpkg: error") || line.startsWith("dpkg: dependency problems")) {
                errors.add(line);
                continued = true;
            } else if (continued && line.startsWith(" ")) {
                errors.add(line.strip());
            } else if (!line.isBlank()) {
                other.add(line);
                continued = false;
            }
        }
        return new DpkgWords(errors, packages, last(other));
    }

    /** The path that a package may not take from another, if that is what dpkg said. */
    Optional<PathConflict> pathConflict() {
        for (String line : errors) {
            Matcher match = OVERWRITE.matcher(line);
            if (match.find() && !packages.isEmpty()) {
                String owner = match.group(2);
                int colon = owner.indexOf(':');
                return Optional.of(new PathConflict(
                        match.group(1), packages.getFirst(), colon < 0 ? owner : owner.substring(0, colon), line));
            }
        }
        return Optional.empty();
    }

    /** One text for a person: dpkg's error lines, or the end of what was said when it had none of its own. */
    String text() {
        List<String> all = new ArrayList<>(before);
        all.addAll(errors);
        return String.join("\n", all);
    }

    private static List<String> last(List<String> lines) {
        return List.copyOf(lines.subList(Math.max(0, lines.size() - SCRIPT_LINES), lines.size()));
    }

    /** dpkg names a package it could not unpack by the file: {@code /dir/name_version_arch.deb}. */
    private static String shortName(String shown) {
        String name = shown.substring(shown.lastIndexOf('/') + 1);
        int underscore = name.indexOf('_');
        return name.endsWith(".deb") && underscore > 0 ? name.substring(0, underscore) : name;
    }
}
