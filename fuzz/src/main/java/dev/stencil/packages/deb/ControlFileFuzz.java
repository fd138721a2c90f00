package dev.stencil.packages.deb;

import dev.stencil.fuzz.Input;
import java.util.List;

/** Control files and their relations: understood as they are written again, or refused. */
public final class ControlFileFuzz {
    private ControlFileFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<Paragraph> paragraphs;
        try {
            paragraphs = Paragraph.parseAll(Input.text(input));
        } catch (IllegalArgumentException e) {
            return;
        }
        for (Paragraph paragraph : paragraphs) {
            Input.demand(
                    Paragraph.parseAll(paragraph.text()).equals(List.of(paragraph)),
                    "a paragraph read again is another one: " + paragraph.text());
            paragraph.get("Depends").ifPresent(ControlFileFuzz::relations);
        }
    }

    private static void relations(String field) {
        try {
            for (DebRelation.Clause clause : DebRelation.parseField(field)) {
                Input.demand(
                        DebRelation.parseField(clause.text()).equals(List.of(clause)),
                        "a clause read again is another one: " + clause);
            }
        } catch (IllegalArgumentException e) {
            Input.demandWords(e, "relation");
        }
    }
}
