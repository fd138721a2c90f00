package dev.stencil.packages.rpm;

import dev.stencil.fuzz.Input;
import javax.xml.stream.XMLStreamException;

/** What dnf, zypper and rpm print, and macros of a root. */
public final class RpmWordsFuzz {
    private RpmWordsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = Input.text(input);
        for (Answer answer : Answer.parseAll(text)) {
            try {
                answer.packageName();
            } catch (IllegalArgumentException e) {
                Input.demandWords(e, "");
            }
        }
        RpmMacros macros = RpmMacros.parse(text);
        Input.demand(macros.values().values().stream().noneMatch(value -> value.contains("%")), "a macro that expands");
        try {
            ZypperPlan.parse(text);
        } catch (XMLStreamException | IllegalArgumentException e) {
            Input.demandWords(e, "");
        }
    }
}
