package dev.stencil.packages.rpm;

import dev.stencil.fuzz.Input;

/** Versions of rpm packages have an order; a chain of three need not be one, as rpm's own comparison has cycles. */
public final class RpmVersionFuzz {
    private RpmVersionFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var texts = Input.texts(input, 2);
        String a = texts.get(0);
        String b = texts.get(1);
        Input.demand(RpmVersion.compare(a, a) == 0, a + " is not equal to itself");
        Input.demand(
                Integer.signum(RpmVersion.compare(a, b)) == -Integer.signum(RpmVersion.compare(b, a)),
                "the order of " + a + " and " + b + " depends on who asks");
    }
}
