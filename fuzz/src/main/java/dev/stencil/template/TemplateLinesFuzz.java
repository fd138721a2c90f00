package dev.stencil.template;

import dev.stencil.fuzz.Input;
import dev.stencil.host.StencilException;
import java.nio.file.Path;
import java.util.ArrayList;

/** Lists of a template directory: lines without comments and blanks, words without blanks. */
public final class TemplateLinesFuzz {
    private static final Path FILE = Path.of("packages");

    private TemplateLinesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            for (String line : ConfigDirectory.parseLines(FILE, input)) {
                Input.demand(!line.isEmpty() && line.charAt(0) != '#' && line.indexOf('\n') < 0, "no line: " + line);
                var words = new ArrayList<String>();
                ConfigDirectory.addWords(line, words);
                Input.demand(!words.isEmpty() && words.stream().noneMatch(String::isEmpty), "no words in: " + line);
            }
        } catch (StencilException e) {
            Input.demandWords(e, FILE.toString());
        }
    }
}
