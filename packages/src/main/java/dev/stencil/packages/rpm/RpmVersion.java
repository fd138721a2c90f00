package dev.stencil.packages.rpm;

/**
 * Orders versions as rpm does: epoch by value, then version, then release, each by {@code rpmvercmp}: runs of digits by value,
 * runs of letters by their bytes, a digit run is newer than a letter run, {@code ~} sorts before the end and {@code ^} after
 * it but before anything else. Source: rpm's {@code rpmvercmp} by behaviour; agrees with it on random versions in the test.
 *
 * @param epoch 0 where none is written
 * @param release empty where none is written, which matches any in a comparison
 */
record RpmVersion(String epoch, String version, String release) {

    /** {@code [epoch:]version[-release]}. */
    static RpmVersion parse(String text) {
        int colon = text.indexOf(':');
        boolean hasEpoch = colon > 0 && isAllDigits(text, colon);
        String rest = hasEpoch ? text.substring(colon + 1) : text;
        int dash = rest.lastIndexOf('-');
        return new RpmVersion(
                hasEpoch ? text.substring(0, colon) : "0",
                dash < 0 ? rest : rest.substring(0, dash),
                dash < 0 ? "" : rest.substring(dash + 1));
    }

    private static boolean isAllDigits(String text, int end) {
        for (int i = 0; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Negative when {@code a} is older than {@code b}. */
    static int compare(String a, String b) {
        return parse(a).compareTo(parse(b));
    }

    private int compareTo(RpmVersion other) {
        int byEpoch = compareSegments(epoch, other.epoch);
        if (byEpoch != 0) {
            return byEpoch;
        }
        int byVersion = compareSegments(version, other.version);
        if (byVersion != 0 || release.isEmpty() || other.release.isEmpty()) {
            return byVersion;
        }
        return compareSegments(release, other.release);
    }

    /** {@code rpmvercmp} of two versions or two releases. */
    static int compareSegments(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            i = skipSeparators(a, i);
            j = skipSeparators(b, j);
            if (isAt(a, i, '~') || isAt(b, j, '~')) {
                if (!isAt(a, i, '~')) {
                    return 1;
                }
                if (!isAt(b, j, '~')) {
                    return -1;
                }
                i++;
                j++;
                continue;
            }
            if (isAt(a, i, '^') || isAt(b, j, '^')) {
                if (i == a.length()) {
                    return -1;
                }
                if (j == b.length()) {
                    return 1;
                }
                if (!isAt(a, i, '^')) {
                    return 1;
                }
                if (!isAt(b, j, '^')) {
                    return -1;
                }
                i++;
                j++;
                continue;
            }
            if (i == a.length() || j == b.length()) {
                break;
            }
            boolean isNumber = isDigit(a.charAt(i));
            int endA = endOfRun(a, i, isNumber);
            int endB = endOfRun(b, j, isNumber);
            if (endB == j) {
                return isNumber ? 1 : -1;
            }
            int order = isNumber
                    ? compareNumbers(a.substring(i, endA), b.substring(j, endB))
                    : a.substring(i, endA).compareTo(b.substring(j, endB));
            if (order != 0) {
                return Integer.signum(order);
            }
            i = endA;
            j = endB;
        }
        return Boolean.compare(i < a.length(), j < b.length());
    }

    private static int skipSeparators(String text, int from) {
        int at = from;
        while (at < text.length()
                && !isDigit(text.charAt(at))
                && !isLetter(text.charAt(at))
                && text.charAt(at) != '~'
                && text.charAt(at) != '^') {
            at++;
        }
        return at;
    }

    private static boolean isAt(String text, int index, char wanted) {
        return index < text.length() && text.charAt(index) == wanted;
    }

    private static int endOfRun(String text, int from, boolean digits) {
        int end = from;
        while (end < text.length() && (digits ? isDigit(text.charAt(end)) : isLetter(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    /** By value; they may have more digits than any number type. */
    private static int compareNumbers(String a, String b) {
        String left = withoutLeadingZeros(a);
        String right = withoutLeadingZeros(b);
        int byLength = Integer.compare(left.length(), right.length());
        return byLength != 0 ? byLength : left.compareTo(right);
    }

    private static String withoutLeadingZeros(String digits) {
        int at = 0;
        while (at < digits.length() && digits.charAt(at) == '0') {
            at++;
        }
        return digits.substring(at);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
