package dev.stencil.template;

import dev.stencil.fuzz.Input;
import java.util.ArrayList;

/** The host's own list of repositories, in both of its formats. */
public final class AptSourcesFuzz {
    private AptSourcesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = Input.text(input);
        var sources = new ArrayList<>(AptSources.parseOneLine(text));
        sources.addAll(AptSources.parseDeb822(text));
        for (AptSource source : sources) {
            Input.demand(!source.uri().isEmpty() && !source.suite().isEmpty(), "half a source: " + source);
        }
    }
}
