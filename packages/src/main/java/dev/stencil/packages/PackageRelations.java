package dev.stencil.packages;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A set of packages and how its members need and exclude each other, by the rules of their family. Knows nothing outside the
 * set: what no member provides is not met.
 */
public interface PackageRelations {
    /** All of the set, in the order in which they were given. */
    List<PackageFacts> members();

    /** What a word of a template's package list brings of this set: the packages of that name, or one that provides it. */
    List<PackageName> meant(String word);

    /** Packages that need nothing and go with each other; words are names. */
    static PackageRelations independent(List<PackageName> names) {
        List<PackageFacts> facts = names.stream()
                .map(name ->
                        new PackageFacts(name, false, OptionalLong.empty(), Optional.empty(), List.of(), List.of()))
                .toList();
        return new PackageRelations() {
            @Override
            public List<PackageFacts> members() {
                return facts;
            }

            @Override
            public List<PackageName> meant(String word) {
                return names.stream().filter(name -> name.name().equals(word)).toList();
            }
        };
    }
}
