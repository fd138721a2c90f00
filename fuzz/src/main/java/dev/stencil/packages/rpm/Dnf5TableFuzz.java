package dev.stencil.packages.rpm;

import dev.stencil.fuzz.Input;

/** What dnf 5 in a root remembers: what is read is written as the same. */
public final class Dnf5TableFuzz {
    private Dnf5TableFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Dnf5Table table;
        try {
            table = Dnf5Table.parse("packages", Input.text(input));
        } catch (IllegalArgumentException e) {
            Input.demandWords(e, "");
            return;
        }
        Input.demand(Dnf5Table.parse("packages", table.text()).equals(table), "another table after writing");
    }
}
