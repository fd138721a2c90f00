package dev.stencil.packages.deb;

import dev.stencil.host.Redaction;
import java.util.List;

/**
 * A repository record of a Debian template, {@code URL suite component…}, or {@code URL directory/} of a repository without
 * suites. Source: sources.list(5).
 *
 * @param url without user and password, without a slash at its end
 */
record AptRecord(String url, String suite, List<String> components) {
    AptRecord {
        components = List.copyOf(components);
    }

    static AptRecord parse(String record) {
        List<String> words = List.of(record.strip().split("\\s+"));
        int first = words.getFirst().equals("deb") ? 1 : 0;
        if (words.size() < first + 2 || plain(words.get(first)).isEmpty()) {
            throw new IllegalArgumentException(
                    "the repository \"" + record + "\" is not of the form URL suite component…");
        }
        return new AptRecord(plain(words.get(first)), words.get(first + 1), words.subList(first + 2, words.size()));
    }

    /** Whether it carries security updates, by its suite: {@code bookworm-security}, formerly {@code buster/updates}. */
    boolean isSecurity() {
        return suite.endsWith("-security") || suite.endsWith("/updates");
    }

    /** An address as records of the same repository can be compared by. */
    static String plain(String url) {
        String plain = Redaction.withoutUser(url);
        while (plain.endsWith("/")) {
            plain = plain.substring(0, plain.length() - 1);
        }
        return plain;
    }
}
