package dev.stencil.container.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The way DESCRIPTION is stored: ASCII other than letters, digits and {@code - _ .} as {@code =XX}. Source: spec vzctl 1.3.
 */
public final class Description {
    private Description() {}

    public static String encode(String text) {
        var result = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = (c >= '0' && c <= '9')
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || c > 0x7f
                    || "-_.".indexOf(c) >= 0;
            if (plain) {
                result.append(c);
            } else {
                result.append('=').append(hexDigit(c >> 4)).append(hexDigit(c & 15));
            }
        }
        return result.toString();
    }

    /** The inverse of {@link #encode}; a {@code =} without two digits after it stands for itself. */
    public static String decode(String stored) {
        byte[] bytes = stored.getBytes(StandardCharsets.UTF_8);
        var result = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '=' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            if (low >= 0) {
                result.write(high * 16 + low);
                i += 2;
            } else {
                result.write(bytes[i]);
            }
        }
        return result.toString(StandardCharsets.UTF_8);
    }

    private static char hexDigit(int value) {
        return "0123456789ABCDEF".charAt(value);
    }
}
