package dev.stencil.packages.deb;

/**
 * Order of package versions {@code [epoch:]upstream[-revision]}. Runs of other characters than digits are compared by an
 * alphabet in which {@code ~} comes before the end and letters before all else, runs of digits by value.
 * Source: Debian Policy 5.6.12; agrees with {@code dpkg --compare-versions} on the corpus in the test.
 */
final class DebVersion {
    private DebVersion() {}

    /** Negative when {@code a} is older than {@code b}. */
    static int compare(String a, String b) {
        int epochs = compareNumbers(epoch(a), epoch(b));
        if (epochs != 0) {
            return epochs;
        }
        int upstream = compareParts(upstream(a), upstream(b));
        return upstream != 0 ? upstream : compareParts(revision(a), revision(b));
    }

    private static String epoch(String version) {
        int colon = version.indexOf(':');
        return colon < 0 ? "" : version.substring(0, colon);
    }

    private static String upstream(String version) {
        int hyphen = version.lastIndexOf('-');
        return version.substring(version.indexOf(':') + 1, hyphen > version.indexOf(':') ? hyphen : version.length());
    }

    private static String revision(String version) {
        int hyphen = version.lastIndexOf('-');
        return hyphen > version.indexOf(':') ? version.substring(hyphen + 1) : "";
    }

    private static int compareParts(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            while ((i < a.length() && !isDigit(a, i)) || (j < b.length() && !isDigit(b, j))) {
                int difference = weight(a, i) - weight(b, j);
                if (difference != 0) {
                    return difference;
                }
                i++;
                j++;
            }
            int endOfA = endOfDigits(a, i);
            int endOfB = endOfDigits(b, j);
            int difference = compareNumbers(substring(a, i, endOfA), substring(b, j, endOfB));
            if (difference != 0) {
                return difference;
            }
            i = endOfA;
            j = endOfB;
        }
        return 0;
    }

    private static String substring(String text, int begin, int end) {
        return begin >= text.length() ? "" : text.substring(begin, end);
    }

    private static int endOfDigits(String text, int begin) {
        int end = begin;
        while (end < text.length() && isDigit(text, end)) {
            end++;
        }
        return end;
    }

    /** A digit or the end counts as nothing. */
    private static int weight(String text, int at) {
        if (at >= text.length() || isDigit(text, at)) {
            return 0;
        }
        char c = text.charAt(at);
        if (c == '~') {
            return -1;
        }
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? c : c + 256;
    }

    private static int compareNumbers(String a, String b) {
        String x = withoutZeros(a);
        String y = withoutZeros(b);
        return x.length() != y.length() ? x.length() - y.length() : x.compareTo(y);
    }

    private static String withoutZeros(String digits) {
        int start = 0;
        while (start < digits.length() && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }

    private static boolean isDigit(String text, int at) {
        char c = text.charAt(at);
        return c >= '0' && c <= '9';
    }
}
