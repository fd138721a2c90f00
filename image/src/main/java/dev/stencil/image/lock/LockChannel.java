package dev.stencil.image.lock;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;

/** Names of channels: what hosts follow instead of the newest lock, for example {@code stable} (spec conary 9.6). */
final class LockChannel {
    private static final int LONGEST = 64;

    private LockChannel() {}

    /** {@code name}, which becomes a file's name; {@code BAD_VALUE} for one that cannot be or looks like a revision. */
    static String checked(String name) {
        boolean isPlain = !name.isEmpty() && name.length() <= LONGEST && !name.startsWith(".") && !name.startsWith("-");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            isPlain &= (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '_'
                    || c == '.';
        }
        if (!isPlain || name.matches("r\\d+") || name.equals("cache")) {
            throw new StencilException(
                    Fault.BAD_VALUE,
                    "\"" + name
                            + "\" cannot be the name of a channel: letters, digits, '-', '_' and '.' only, and neither"
                            + " a revision nor the word cache.");
        }
        return name;
    }
}
