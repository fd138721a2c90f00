package dev.stencil.image.tree;

import dev.stencil.linux.NativeText;

/** Names of files on a line of text: one word, whatever bytes they hold. */
final class ShownName {
    private ShownName() {}

    /** Printable ASCII as it is; blanks, backslashes and all other bytes as a backslash and three octal digits. */
    static String escaped(String name) {
        if (name.chars().allMatch(ShownName::isPlain)) {
            return name;
        }
        var text = new StringBuilder();
        for (byte one : NativeText.bytes(name)) {
            int value = one & 0xFF;
            if (isPlain(value)) {
                text.append((char) value);
            } else {
                text.append('\\').append(Integer.toOctalString(0x200 | value), 1, 4);
            }
        }
        return text.toString();
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 0x7f && c != '\\';
    }
}
