package dev.stencil.container.config;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.math.BigDecimal;

/**
 * A resource value {@code BARRIER[:LIMIT]} in the unit its key is stored in; source: spec vzctl 1.4.
 */
public record Amount(long barrier, long limit) {
    /** Stands for no limit; larger numbers are read as this. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final BigDecimal MOST = BigDecimal.valueOf(UNLIMITED);

    /** What a bare number means, and what a suffix is divided by. */
    public enum Unit {
        /** Pages of 4096 bytes; with a suffix bytes. */
        PAGES(1, 4096),
        /** Bytes on the command line, pages in the file: {@code --ram}, {@code --swap}. */
        BYTES_AS_PAGES(4096, 4096),
        BYTES(1, 1),
        /** Blocks of 1024 bytes; with a suffix bytes. */
        KIB(1, 1024),
        /** Things that are counted; a suffix is refused. */
        ITEMS(1, 0);

        private final int bareDivisor;
        private final int suffixDivisor;

        Unit(int bareDivisor, int suffixDivisor) {
            this.bareDivisor = bareDivisor;
            this.suffixDivisor = suffixDivisor;
        }
    }

    public static Amount of(long value) {
        return new Amount(value, value);
    }

    /** Reads the value of {@code key}, which only the message needs. */
    public static Amount parse(String key, String text, Unit unit) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return of(number(key, text, unit));
        }
        return new Amount(number(key, text.substring(0, colon), unit), number(key, text.substring(colon + 1), unit));
    }

    public boolean isUnlimited() {
        return limit == UNLIMITED;
    }

    /** As the configuration file writes it. */
    public String text() {
        return barrier + ":" + limit;
    }

    private static long number(String key, String text, Unit unit) {
        if (text.equalsIgnoreCase("unlimited")) {
            return UNLIMITED;
        }
        char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
        boolean bare = last >= '0' && last <= '9';
        long factor = bare ? 1 : factor(last);
        String digits = bare || text.isEmpty() ? text : text.substring(0, text.length() - 1);
        int divisor = bare ? unit.bareDivisor : unit.suffixDivisor;
        if (factor == 0 || divisor == 0 || !isDecimal(digits)) {
            throw bad(key, text, unit);
        }
        BigDecimal value = new BigDecimal(digits)
                .multiply(BigDecimal.valueOf(factor))
                .divideToIntegralValue(BigDecimal.valueOf(divisor));
        return value.min(MOST).longValue();
    }

    /** {@code P} for pages is read because older documentation promises it; it is never written. */
    private static long factor(char suffix) {
        return switch (Character.toUpperCase(suffix)) {
            case 'B' -> 1;
            case 'K' -> 1L << 10;
            case 'P' -> 4096;
            case 'M' -> 1L << 20;
            case 'G' -> 1L << 30;
            case 'T' -> 1L << 40;
            default -> 0;
        };
    }

    private static boolean isDecimal(String text) {
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            dots += c == '.' ? 1 : 0;
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return text.length() > dots && text.length() < 40 && dots <= 1;
    }

    private static StencilException bad(String key, String text, Unit unit) {
        String suffixes = unit == Unit.ITEMS ? "." : ", with K, M, G or T for a size.";
        return new StencilException(
                Fault.USAGE, "Value \"" + text + "\" of " + key + " is not a number or \"unlimited\"" + suffixes);
    }
}
