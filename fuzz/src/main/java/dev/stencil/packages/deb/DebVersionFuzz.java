package dev.stencil.packages.deb;

import dev.stencil.fuzz.Input;

/** Versions of Debian packages have an order. */
public final class DebVersionFuzz {
    private DebVersionFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var texts = Input.texts(input, 3);
        String a = texts.get(0);
        String b = texts.get(1);
        String c = texts.get(2);
        Input.demand(DebVersion.compare(a, a) == 0, a + " is not equal to itself");
        Input.demand(
                Integer.signum(DebVersion.compare(a, b)) == -Integer.signum(DebVersion.compare(b, a)),
                "the order of " + a + " and " + b + " depends on who asks");
        if (DebVersion.compare(a, b) <= 0 && DebVersion.compare(b, c) <= 0) {
            Input.demand(DebVersion.compare(a, c) <= 0, "no order: " + a + ", " + b + ", " + c);
        }
    }
}
