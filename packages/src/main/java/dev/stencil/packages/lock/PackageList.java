package dev.stencil.packages.lock;

import java.util.List;

/**
 * A list of a template that asks for packages.
 *
 * @param name how a lock's {@code why} calls it: the path of its file as in {@code [[input]]}, {@code packages_0},
 *     {@code packages}, {@code app/mysql/default/packages}
 * @param words what it asks for, as the package manager understands it
 */
public record PackageList(String name, List<String> words) {
    public PackageList {
        words = List.copyOf(words);
    }
}
