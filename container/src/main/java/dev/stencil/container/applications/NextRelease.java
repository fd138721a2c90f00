package dev.stencil.container.applications;

import dev.stencil.template.OsTemplate;
import dev.stencil.template.OsTemplateName;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Which release a distribution's release can be upgraded to: one that names it in {@code upgradable_versions}, or the one
 * whose version is the next number. Source: spec vzpkg 8.1; where the original takes the first directory, this takes the
 * lowest version.
 */
final class NextRelease {
    private static final Pattern PART = Pattern.compile("\\d+|\\D+");

    private NextRelease() {}

    /** The base template of that release among {@code templates}. */
    static Optional<OsTemplate> of(OsTemplate current, List<OsTemplate> templates) {
        return templates.stream()
                .filter(candidate -> isNext(current.coordinates(), candidate))
                .min(Comparator.comparing(candidate -> candidate.coordinates().osVersion(), NextRelease::compare));
    }

    private static boolean isNext(OsTemplateName current, OsTemplate candidate) {
        OsTemplateName other = candidate.coordinates();
        return candidate.isBase()
                && other.osName().equals(current.osName())
                && other.arch() == current.arch()
                && !other.osVersion().equals(current.osVersion())
                && (candidate.upgradableVersions().contains(current.osVersion())
                        || isSuccessor(current.osVersion(), other.osVersion()));
    }

    private static boolean isSuccessor(String version, String other) {
        return isNumber(version)
                && new BigInteger(version).add(BigInteger.ONE).toString().equals(other);
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Numbers in versions count as numbers: 9 is before 10, 8.2 before 8.10. */
    private static int compare(String one, String other) {
        List<String> parts = parts(one);
        List<String> others = parts(other);
        for (int i = 0; i < Math.min(parts.size(), others.size()); i++) {
            String a = parts.get(i);
            String b = others.get(i);
            int order = isNumber(a) && isNumber(b) ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(parts.size(), others.size());
    }

    private static List<String> parts(String version) {
        return PART.matcher(version).results().map(MatchResult::group).toList();
    }
}
