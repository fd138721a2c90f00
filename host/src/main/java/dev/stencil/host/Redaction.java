package dev.stencil.host;

/**
 * Takes secrets out of text that people and logs get to see. Addresses of repositories may carry them: a user with a
 * password, a parameter, or a token as a part of the path. What is taken out is shown as {@code ***}.
 *
 * <p>Works on the text alone, so that it also covers what tools of others say about addresses they were given.
 */
public final class Redaction {
    private static final String HIDDEN = "***";
    private static final int SHORTEST_TOKEN = 20;
    private static final int FEWEST_DIGITS = 4;

    private Redaction() {}

    /** {@code text} with the secrets of all addresses in it hidden; the same text where there are none. */
    public static String of(String text) {
        int scheme = text.indexOf("://");
        if (scheme < 0) {
            return text;
        }
        var shown = new StringBuilder(text.length());
        int done = 0;
        while (scheme >= 0) {
            int start = scheme + "://".length();
            int end = endOfAddress(text, start);
            shown.append(text, done, start);
            appendAddress(text.substring(start, end), shown);
            done = end;
            scheme = text.indexOf("://", end);
        }
        return shown.append(text, done, text.length()).toString();
    }

    /** An address without user and password, as it may be written down. */
    public static String withoutUser(String address) {
        int scheme = address.indexOf("://");
        if (scheme < 0) {
            return address;
        }
        int start = scheme + "://".length();
        int at = address.substring(start, endOfAuthority(address, start)).lastIndexOf('@');
        return at < 0 ? address : address.substring(0, start) + address.substring(start + at + 1);
    }

    private static void appendAddress(String address, StringBuilder shown) {
        int pathStart = endOfAuthority(address, 0);
        int at = address.substring(0, pathStart).lastIndexOf('@');
        if (at >= 0) {
            shown.append(HIDDEN).append('@');
        }
        shown.append(address, at + 1, pathStart);
        int query = address.indexOf('?', pathStart);
        String path = address.substring(pathStart, query < 0 ? address.length() : query);
        int start = 0;
        while (start < path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            String part = path.substring(start, end);
            shown.append(isToken(part) ? HIDDEN : part);
            if (slash >= 0) {
                shown.append('/');
            }
            start = end + 1;
        }
        if (query >= 0) {
            shown.append('?').append(HIDDEN);
        }
    }

    private static int endOfAuthority(String text, int start) {
        int end = start;
        while (end < text.length() && "/? ".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** At the first blank or quote: what apt, curl and the JDK put around an address. */
    private static int endOfAddress(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) > ' ' && "'\"<>|\\^`".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** Long, of letters and several digits, nothing else: no directory of an archive looks like this. */
    private static boolean isToken(String part) {
        int digits = 0;
        int letters = 0;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
                letters++;
            } else if (c != '-' && c != '_' && c != '~') {
                return false;
            }
        }
        return part.length() >= SHORTEST_TOKEN && digits >= FEWEST_DIGITS && letters > 0;
    }
}
