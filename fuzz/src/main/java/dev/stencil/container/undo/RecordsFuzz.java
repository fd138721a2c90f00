package dev.stencil.container.undo;

import dev.stencil.fuzz.Input;
import java.io.IOException;

/** The records that an operation on a container leaves: a damaged one is named, never half understood. */
public final class RecordsFuzz {
    private static final String SOURCE = "operation.toml";

    private RecordsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = Input.text(input);
        try {
            Operation operation = Operation.parse(text, SOURCE);
            Input.demand(
                    Operation.parse(operation.text(), SOURCE).equals(operation), "a record read again is another one");
        } catch (IOException e) {
            Input.demandWords(e, SOURCE);
        }
        try {
            FileChanges.parse(text, SOURCE);
        } catch (IOException e) {
            Input.demandWords(e, SOURCE);
        }
    }
}
