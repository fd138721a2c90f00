package dev.stencil.template;

import java.util.List;
import java.util.Optional;

/**
 * Addresses of Debian's main and security archive among apt's sources, without a trailing slash.
 *
 * <p>Other vendors also publish under Debian's suite names. An address counts for more when it also carries the suite's
 * updates, when its last part is {@code debian}, and when Debian's own keyring checks it; the first of the best is taken.
 */
record AptArchive(Optional<String> main, Optional<String> security) {
    private static final List<String> CLASSES =
            List.of("stable", "oldstable", "oldoldstable", "testing", "unstable", "sid");

    /** @param codename of the host's release, which its suites are named after; may be empty */
    static AptArchive among(List<AptSource> sources, String codename) {
        Optional<String> main = Optional.empty();
        Optional<String> security = Optional.empty();
        int bestMain = -1;
        for (AptSource source : sources) {
            if (!source.components().contains("main")) {
                continue;
            }
            if (isSecurity(source.suite(), codename) && security.isEmpty()) {
                security = Optional.of(source.uri());
            } else if (isRelease(source.suite(), codename) && weight(source, sources) > bestMain) {
                bestMain = weight(source, sources);
                main = Optional.of(source.uri());
            }
        }
        return new AptArchive(main, security);
    }

    private static boolean isRelease(String suite, String codename) {
        return CLASSES.contains(suite) || (!codename.isEmpty() && suite.equals(codename));
    }

    /** {@code bookworm-security}, or {@code buster/updates} as it was called before Debian 11. */
    private static boolean isSecurity(String suite, String codename) {
        for (String ending : List.of("-security", "/updates")) {
            if (suite.endsWith(ending)) {
                return isRelease(suite.substring(0, suite.length() - ending.length()), codename);
            }
        }
        return false;
    }

    private static int weight(AptSource source, List<AptSource> sources) {
        int weight = source.uri().endsWith("/debian") ? 1 : 0;
        if (source.signedBy().contains("debian-archive")) {
            weight += 2;
        }
        for (AptSource other : sources) {
            if (other.uri().equals(source.uri()) && other.suite().equals(source.suite() + "-updates")) {
                return weight + 4;
            }
        }
        return weight;
    }
}
