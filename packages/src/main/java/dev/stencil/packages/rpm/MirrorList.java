package dev.stencil.packages.rpm;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list of mirrors as servers give it: a line an address, {@code #} begins a comment; or a metalink, which names the index
 * at each mirror. It is nobody's to trust: what is no address of a usual kind is passed over.
 */
final class MirrorList {
    private static final int MOST = 64;
    private static final Pattern METALINK_URL =
            Pattern.compile("<url[^>]*>\\s*([^<\\s]+)/repodata/repomd\\.xml\\s*</url>");

    private MirrorList() {}

    /**
     * Base addresses of the mirrors, without a slash at the end, each once.
     *
     * @param from where the list comes from; only one of this host may name directories of this host
     */
    static List<String> parse(byte[] list, String from) {
        String text = new String(list, StandardCharsets.UTF_8);
        Set<String> found = new LinkedHashSet<>();
        for (String address : text.contains("<metalink") ? links(text) : lines(text)) {
            if (found.size() < MOST && isUsable(address, from)) {
                found.add(withoutSlash(address));
            }
        }
        return List.copyOf(found);
    }

    private static List<String> links(String text) {
        List<String> addresses = new ArrayList<>();
        Matcher matcher = METALINK_URL.matcher(text);
        while (matcher.find()) {
            addresses.add(matcher.group(1));
        }
        return addresses;
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private static boolean isUsable(String address, String from) {
        try {
            URI uri = URI.create(DnfResolver.quoted(address));
            return switch (String.valueOf(uri.getScheme())) {
                case "http", "https" -> uri.getHost() != null;
                case "file" -> from.startsWith("file:");
                default -> false;
            };
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    static String withoutSlash(String address) {
        String plain = address;
        while (plain.endsWith("/")) {
            plain = plain.substring(0, plain.length() - 1);
        }
        return plain;
    }

    /** How programs write the address {@code base} at the beginning of others. */
    static List<String> spellings(String base) {
        String quoted = DnfResolver.quoted(base);
        Set<String> all = new LinkedHashSet<>(List.of(base, quoted));
        if (quoted.startsWith("file:")) {
            all.add(quoted.replaceFirst("^file:/+", "file:///"));
            all.add(quoted.replaceFirst("^file:/+", "file:/"));
        }
        return List.copyOf(all);
    }
}
