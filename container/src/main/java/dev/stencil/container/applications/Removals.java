package dev.stencil.container.applications;

import dev.stencil.packages.PackageMatch;
import dev.stencil.packages.PackageName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Turns wished removals into what package managers take (spec vzpkg 6.9). */
final class Removals {
    private Removals() {}

    /** The words for the installed packages that {@code words} mean, each once. */
    static List<String> words(List<String> words, List<PackageName> installed, PackageMatch match) {
        Set<String> names = new LinkedHashSet<>();
        for (String word : words) {
            for (PackageName candidate : installed) {
                if (match.matches(word, candidate)) {
                    names.add(match.exactly(word, candidate));
                }
            }
        }
        return List.copyOf(names);
    }
}
