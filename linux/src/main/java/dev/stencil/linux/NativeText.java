package dev.stencil.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Strings as the kernel sees them. File names are bytes, not text: bytes that are no UTF-8 survive as single chars of
 * the private range U+DC80..U+DCFF (the surrogate-escape scheme of PEP 383), so any name can be read and written back.
 */
public final class NativeText {
    private NativeText() {}

    static MemorySegment encode(Arena arena, String text) {
        byte[] bytes = bytes(text);
        MemorySegment segment = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        segment.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
        return segment;
    }

    static String decode(MemorySegment segment, long length) {
        return text(segment.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
    }

    /** Up to the first NUL. */
    static String decode(MemorySegment segment) {
        long length = 0;
        while (length < segment.byteSize() && segment.get(ValueLayout.JAVA_BYTE, length) != 0) {
            length++;
        }
        return decode(segment, length);
    }

    /** The bytes of a file name; the inverse of {@link #text}. A NUL inside is refused: it would cut the name short. */
    public static byte[] bytes(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a file name cannot hold a NUL byte");
        }
        boolean escaped = false;
        for (int i = 0; i < text.length() && !escaped; i++) {
            escaped = isEscape(text, i);
        }
        if (!escaped) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        var out = new java.io.ByteArrayOutputStream();
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || isEscape(text, i)) {
                out.writeBytes(text.substring(from, i).getBytes(StandardCharsets.UTF_8));
                if (i < text.length()) {
                    out.write(text.charAt(i) - 0xDC00);
                }
                from = i + 1;
            }
        }
        return out.toByteArray();
    }

    /** Text of a file name given as bytes. */
    public static String text(byte[] bytes) {
        String plain = new String(bytes, StandardCharsets.UTF_8);
        if (plain.indexOf('\uFFFD') < 0 || java.util.Arrays.equals(plain.getBytes(StandardCharsets.UTF_8), bytes)) {
            return plain;
        }
        var text = new StringBuilder();
        for (int i = 0; i < bytes.length; ) {
            int length = sequenceLength(bytes, i);
            if (length == 0) {
                text.append((char) (0xDC00 + (bytes[i] & 0xFF)));
                i++;
            } else {
                text.append(new String(bytes, i, length, StandardCharsets.UTF_8));
                i += length;
            }
        }
        return text.toString();
    }

    /** Length of the valid UTF-8 sequence at {@code at}, 0 when there is none. */
    private static int sequenceLength(byte[] bytes, int at) {
        for (int length = 1; length <= 4 && at + length <= bytes.length; length++) {
            String one = new String(bytes, at, length, StandardCharsets.UTF_8);
            if (one.codePointCount(0, one.length()) == 1
                    && java.util.Arrays.equals(
                            one.getBytes(StandardCharsets.UTF_8),
                            java.util.Arrays.copyOfRange(bytes, at, at + length))) {
                return length;
            }
        }
        return 0;
    }

    /** A low surrogate behind a high one is the second half of a character, not an escape. */
    private static boolean isEscape(String text, int at) {
        char c = text.charAt(at);
        return c >= 0xDC80 && c <= 0xDCFF && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
