package dev.stencil.packages.lock;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What holds for every value of a lock: texts and arrays are never empty, numbers never negative, lists that have an order
 * are in it (spec conary 9.4).
 *
 * <p>Broken rules are {@code IllegalArgumentException}s whose message names key and value.
 */
final class LockRules {
    /** By Unicode code point, which differs from {@code String.compareTo} beyond U+FFFF. */
    static final Comparator<String> BY_CODE_POINT = LockRules::compare;

    private LockRules() {}

    private static int compare(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean bothWholeOrBothHalf = Character.isSurrogate(x) == Character.isSurrogate(y);
                return bothWholeOrBothHalf ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    static void requireText(String key, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(key + " is empty");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean isPair = Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1));
            if (Character.isSurrogate(c) && !isPair) {
                throw new IllegalArgumentException(key + " is no Unicode text");
            }
            i += isPair ? 1 : 0;
        }
    }

    static void requireText(String key, Optional<String> value) {
        if (value.isPresent()) {
            requireText(key, value.get());
        }
    }

    static void requireTexts(String key, List<String> values) {
        values.forEach(value -> requireText(key, value));
    }

    static void requireNotNegative(String key, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(key + " is negative: " + value);
        }
    }

    /** Each element comes after the one before it, so there are no two equal ones. */
    static <T> void requireAscending(String what, List<T> values, Comparator<T> order, Function<T, String> name) {
        for (int i = 1; i < values.size(); i++) {
            int compared = order.compare(values.get(i - 1), values.get(i));
            if (compared >= 0) {
                throw new IllegalArgumentException(what + " " + name.apply(values.get(i))
                        + (compared == 0 ? " is there twice" : " is not at its place in the order"));
            }
        }
    }

    static void requireSorted(String key, List<String> values) {
        requireAscending(key, values, BY_CODE_POINT, value -> value);
    }
}
