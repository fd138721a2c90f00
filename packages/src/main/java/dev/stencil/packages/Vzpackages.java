package dev.stencil.packages;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The packages a root is recorded to have: the file {@code vzpackages} beside a cache or in a container's private area.
 * One line each: a blank, name, architecture and version in columns. Source: spec vzpkg 2.2.
 *
 * <p>Immutable; a package is its name and architecture, so a later record of both replaces the earlier one at its place.
 */
public final class Vzpackages {
    public static final Vzpackages EMPTY = new Vzpackages(List.of());

    private static final int NAME_COLUMN = 22;
    private static final int ARCH_COLUMN = 9;
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final List<PackageName> packages;

    private Vzpackages(List<PackageName> packages) {
        this.packages = List.copyOf(packages);
    }

    public static Vzpackages of(Collection<PackageName> packages) {
        Map<String, PackageName> byKey = new LinkedHashMap<>();
        packages.forEach(name -> byKey.put(key(name), name));
        return new Vzpackages(List.copyOf(byKey.values()));
    }

    /** Reads the file's text. Comments and lines with fewer than three words are passed over, as the original does. */
    public static Vzpackages parse(String text) {
        List<PackageName> found = new ArrayList<>();
        text.lines().forEach(line -> parseLine(line).ifPresent(found::add));
        return of(found);
    }

    private static Optional<PackageName> parseLine(String line) {
        List<String> words =
                BLANKS.splitAsStream(line).filter(word -> !word.isEmpty()).toList();
        return words.size() < 3 || words.getFirst().startsWith("#")
                ? Optional.empty()
                : Optional.of(new PackageName(words.get(0), words.get(2), words.get(1)));
    }

    /** In the order of the file. */
    public List<PackageName> packages() {
        return packages;
    }

    public boolean isEmpty() {
        return packages.isEmpty();
    }

    /** The text of the file. */
    public String text() {
        var text = new StringBuilder();
        packages.forEach(name -> text.append(line(name)).append('\n'));
        return text.toString();
    }

    /**
     * After a package operation: {@code removed} dropped, {@code added} in place of older versions or at the end. A removed
     * package without architecture drops that name of any architecture (spec vzpkg 4.7).
     */
    public Vzpackages merge(Collection<PackageName> added, Collection<PackageName> removed) {
        List<PackageName> result = new ArrayList<>(packages);
        removed.forEach(gone -> result.removeIf(present -> isSame(gone, present)));
        result.addAll(added);
        return of(result);
    }

    /** One package as this file and the reports of package commands show it, without the line's end. */
    public static String line(PackageName name) {
        return " " + padded(name.name(), NAME_COLUMN) + " " + padded(name.arch(), ARCH_COLUMN) + " " + name.version();
    }

    private static boolean isSame(PackageName gone, PackageName present) {
        return gone.name().equals(present.name())
                && (gone.arch().isEmpty() || gone.arch().equals(present.arch()));
    }

    private static String padded(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    private static String key(PackageName name) {
        return name.name() + ":" + name.arch();
    }
}
