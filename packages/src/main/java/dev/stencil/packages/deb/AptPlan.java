package dev.stencil.packages.deb;

import dev.stencil.host.Digest;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code apt-get --print-uris} and {@code apt-get --simulate} print. */
final class AptPlan {
    private static final Pattern URI_LINE =
            Pattern.compile("'([^']+)' (\\S+)_(\\S+)_([a-z0-9-]+)\\.deb (\\d+) SHA256:([0-9a-f]{64})");
    private static final Pattern ACTION =
            Pattern.compile("(Inst|Conf|Remv|Purg) (\\S+)(?: \\[([^\\]]*)\\])?(?: \\((\\S+) .*?\\[(\\S+)\\]\\))?.*");

    private AptPlan() {}

    /**
     * One action of a simulation.
     *
     * @param name without the architecture that apt adds to foreign packages
     * @param arch the foreign architecture or that of the new version, empty when apt names none
     * @param oldVersion what is installed, where something is
     * @param newVersion what will be
     */
    record Action(String verb, String name, String arch, Optional<String> oldVersion, Optional<String> newVersion) {}

    /** The files apt would download, in its order. */
    static List<PackageFile> files(String printedUris) {
        List<PackageFile> files = new ArrayList<>();
        for (String line : (Iterable<String>) printedUris.lines()::iterator) {
            if (line.startsWith("'")) {
                Matcher match = URI_LINE.matcher(line);
                if (!match.matches()) {
                    throw new IllegalArgumentException("apt names a file without a SHA-256 digest: " + line);
                }
                var name = new PackageName(unquote(match.group(2)), unquote(match.group(3)), match.group(4));
                files.add(new PackageFile(
                        name, URI.create(match.group(1)), Long.parseLong(match.group(5)), new Digest(match.group(6))));
            }
        }
        return files;
    }

    /** apt writes {@code _}, {@code :} and {@code %} in these names as {@code %5f}, {@code %3a} and {@code %25}. */
    private static String unquote(String text) {
        return URLDecoder.decode(text.replace("+", "%2b"), StandardCharsets.UTF_8);
    }

    /** What apt would do, in its order. */
    static List<Action> actions(String simulation) {
        List<Action> actions = new ArrayList<>();
        for (String line : (Iterable<String>) simulation.lines()::iterator) {
            Matcher match = ACTION.matcher(line);
            if (match.matches()) {
                String shown = match.group(2);
                int colon = shown.indexOf(':');
                String foreign = colon < 0 ? "" : shown.substring(colon + 1);
                actions.add(new Action(
                        match.group(1),
                        colon < 0 ? shown : shown.substring(0, colon),
                        match.group(5) == null ? foreign : match.group(5),
                        Optional.ofNullable(match.group(3)).filter(version -> !version.isEmpty()),
                        Optional.ofNullable(match.group(4))));
            }
        }
        return actions;
    }
}
