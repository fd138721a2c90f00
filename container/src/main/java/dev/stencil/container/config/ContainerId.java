package dev.stencil.container.config;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.RandomUuid;
import java.util.Locale;
import java.util.Optional;

/**
 * Key of a container: a number, or a UUID in its dashed form. Source: spec vzctl 1.1.
 *
 * @param text as it stands in file names; the case of UUID digits is kept as given
 */
public record ContainerId(String text) implements Comparable<ContainerId> {
    private static final int MAX_NUMBER = 2147483644;

    public ContainerId {
        if (!isNumber(text) && !isDashedUuid(text)) {
            throw new IllegalArgumentException("not a container id: " + text);
        }
    }

    /** Accepts 1 to 2147483644 and a UUID with dashes, in braces, or as 32 digits. */
    public static ContainerId parse(String text) {
        return find(text)
                .orElseThrow(() -> new StencilException(
                        Fault.BAD_VALUE,
                        "Container ID " + text + " is invalid. Use a number from 1 to " + MAX_NUMBER + " or a UUID."));
    }

    /** As {@link #parse}; empty when {@code text} is no id. */
    public static Optional<ContainerId> find(String text) {
        if (isDigits(text)) {
            String number = withoutLeadingZeros(text);
            return isNumber(number) ? Optional.of(new ContainerId(number)) : Optional.empty();
        }
        String bare = text.startsWith("{") && text.endsWith("}") && text.length() > 2
                ? text.substring(1, text.length() - 1)
                : text;
        if (bare.length() == 32 && isHex(bare)) {
            bare = bare.substring(0, 8) + "-" + bare.substring(8, 12) + "-" + bare.substring(12, 16) + "-"
                    + bare.substring(16, 20) + "-" + bare.substring(20);
        }
        return isDashedUuid(bare) ? Optional.of(new ContainerId(bare)) : Optional.empty();
    }

    /** A fresh UUID. */
    public static ContainerId random() {
        return new ContainerId(RandomUuid.fresh());
    }

    public boolean isNumber() {
        return isDigits(text);
    }

    /** 31 bits for kernel interfaces that want a number: the number, or the first digits of the UUID. */
    public int internal() {
        return isNumber()
                ? Integer.parseInt(text)
                : (int) (Long.parseLong(text.substring(0, 8).toLowerCase(Locale.ROOT), 16) & 0x7fffffff);
    }

    /** Numbers by value, before UUIDs by text. */
    @Override
    public int compareTo(ContainerId other) {
        if (isNumber() && other.isNumber()) {
            return Integer.compare(internal(), other.internal());
        }
        return isNumber() == other.isNumber() ? text.compareTo(other.text) : isNumber() ? -1 : 1;
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean isNumber(String text) {
        return isDigits(text)
                && text.charAt(0) != '0'
                && (text.length() < 10 || (text.length() == 10 && Long.parseLong(text) <= MAX_NUMBER));
    }

    private static String withoutLeadingZeros(String digits) {
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isDashedUuid(String text) {
        if (text.length() != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? text.charAt(i) != '-' : !isHex(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(String text) {
        return text.chars().allMatch(ContainerId::isHex);
    }

    private static boolean isHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
