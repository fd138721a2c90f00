package dev.stencil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares a text with {@code src/test/resources/golden/NAME.golden}; with {@code -Dgolden.write=true} ({@code make golden})
 * writes the file instead. A difference in one is reviewed like code.
 */
public final class Golden {
    private static final Path DIRECTORY = Path.of("src/test/resources/golden");

    private Golden() {}

    public static void check(String name, String actual) {
        Path file = DIRECTORY.resolve(name + ".golden");
        try {
            if (Boolean.getBoolean("golden.write")) {
                Files.writeString(file, actual);
            }
            assertThat(actual).as("%s; `make golden` rewrites it", file).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
