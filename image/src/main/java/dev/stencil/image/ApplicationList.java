package dev.stencil.image;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * The applications of a cache as its list file has them, and its name by their digest: each once, in the order of bytes, five
 * blanks before each. Source: spec vzpkg 5.9.
 */
public record ApplicationList(List<String> names) {
    private static final String INDENT = "     ";
    private static final String MARK = "_app_";

    public ApplicationList {
        names = names.stream().distinct().sorted(ApplicationList::byBytes).toList();
    }

    static ApplicationList of(Collection<String> names) {
        return new ApplicationList(List.copyOf(names));
    }

    /** Reads the text of a list file; blank lines say nothing. */
    static ApplicationList parse(String text) {
        return new ApplicationList(
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
    }

    /** The text of the list file. */
    String text() {
        var text = new StringBuilder();
        names.forEach(name -> text.append(INDENT).append(name).append('\n'));
        return text.toString();
    }

    /** Name of the cache of these applications upon the OS template of that full name. */
    String cacheName(String template) {
        return template + MARK + HexFormat.of().formatHex(md5(text().getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5", e);
        }
    }

    /** Whether a cache of this name holds applications. */
    static boolean isNamed(String cache) {
        return cache.lastIndexOf(MARK) > 0;
    }

    /** The OS template in the name of a cache with applications. */
    static String templateOf(String cache) {
        return cache.substring(0, cache.lastIndexOf(MARK));
    }

    private static int byBytes(String a, String b) {
        return java.util.Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
