package dev.stencil.packages;

import dev.stencil.packages.rpm.RpmMatch;
import dev.stencil.template.PackageManagerType;
import java.util.List;
import java.util.Optional;

/**
 * How a word of a template's package list is compared with an installed package; each family of package managers has its
 * own rule. Source: spec vzpkg 2.4, "Package name syntax".
 */
@FunctionalInterface
public interface PackageMatch {
    /** {@code name}, {@code name=version}, each also with {@code :arch} after the name as apt takes it. */
    PackageMatch DEBIAN = (word, installed) -> {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        if (equals >= 0 && !word.substring(equals + 1).equals(installed.version())) {
            return false;
        }
        int colon = name.indexOf(':');
        return colon < 0
                ? name.equals(installed.name())
                : name.substring(0, colon).equals(installed.name())
                        && isArch(name.substring(colon + 1), installed.arch());
    };

    /** The rule of a family. */
    static PackageMatch of(PackageManagerType type) {
        return switch (type) {
            case DPKG -> DEBIAN;
            case RPM, RPM_ZYPP -> RpmMatch.RULE;
        };
    }

    boolean matches(String word, PackageName installed);

    /** The word by which the family's tools find exactly {@code installed}, which {@code word} means. */
    default String exactly(String word, PackageName installed) {
        return word.indexOf(':') < 0 ? installed.name() : installed.name() + ":" + installed.arch();
    }

    /** The first of {@code packages} that {@code word} means. */
    default Optional<PackageName> first(String word, List<PackageName> packages) {
        for (PackageName candidate : packages) {
            if (matches(word, candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean isArch(String wanted, String installed) {
        return wanted.equals("any") || wanted.equals(installed) || installed.equals("all");
    }
}
