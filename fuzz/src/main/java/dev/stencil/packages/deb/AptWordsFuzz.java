package dev.stencil.packages.deb;

import dev.stencil.fuzz.Input;
import dev.stencil.host.StencilException;

/** Records of repositories, dpkg's words and lists of dependencies. */
public final class AptWordsFuzz {
    private AptWordsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = Input.text(input);
        DpkgWords.parse(text);
        try {
            AptRecord record = AptRecord.parse(text);
            Input.demand(!record.url().isEmpty(), "a record without an address: " + text);
        } catch (StencilException | IllegalArgumentException e) {
            Input.demandWords(e, "");
        }
        try {
            Dependencies.parse(text);
        } catch (IllegalArgumentException e) {
            Input.demandWords(e, "");
        }
    }
}
