package dev.stencil.template;

/** Finds a token of {@code url.map} as a whole: {@code $A} is not in {@code $AB}, {@code $A/debian} not in {@code $A/debian-security}. */
final class Tokens {
    private Tokens() {}

    /** Where {@code token} occurs in {@code text} at or after {@code from}; -1 when it does not. */
    static int indexOf(String text, String token, int from) {
        for (int at = text.indexOf(token, from); at >= 0; at = text.indexOf(token, at + 1)) {
            if (endsThere(text, at + token.length(), token)) {
                return at;
            }
        }
        return -1;
    }

    static String replace(String text, int at, String token, String replacement) {
        return text.substring(0, at) + replacement + text.substring(at + token.length());
    }

    /** The variable whose {@code $} is at {@code dollar}, for example {@code $DEB_SERVER}. */
    static String variableAt(String text, int dollar) {
        int end = dollar + 1;
        while (end < text.length() && isNameCharacter(text.charAt(end))) {
            end++;
        }
        return text.substring(dollar, end);
    }

    private static boolean endsThere(String text, int end, String token) {
        if (end == text.length() || !isNameCharacter(token.charAt(token.length() - 1))) {
            return true;
        }
        char next = text.charAt(end);
        boolean isVariable = variableAt(token, 0).length() == token.length() && token.charAt(0) == '$';
        return !isNameCharacter(next) && (isVariable || (next != '-' && next != '.'));
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }
}
