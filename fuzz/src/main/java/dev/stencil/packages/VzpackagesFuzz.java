package dev.stencil.packages;

import dev.stencil.fuzz.Input;

/** The list of a container's packages: written as it was read. */
public final class VzpackagesFuzz {
    private VzpackagesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Vzpackages list = Vzpackages.parse(Input.text(input));
        Vzpackages again = Vzpackages.parse(list.text());
        Input.demand(again.packages().equals(list.packages()), "a list read again is another one: " + list.packages());
    }
}
