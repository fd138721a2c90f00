package dev.stencil.image.layer;

import dev.stencil.host.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that can change what a layer holds; its text is the layer's {@code layer.toml}, and the digest of that text
 * its name. So {@code sha256sum layer.toml} must give the name of the directory, and equal recipes are one layer, known
 * before it is made. Time, host and the name of the template never enter it (decision 0066).
 *
 * @param below the layer it is made upon, which stands for all below that one; none for the lowest
 * @param work what is done, for example {@code packages}; tells works of equal inputs apart
 * @param driver the template's package manager
 * @param clock what programs see as the time, and the newest time stamp there can be
 * @param packages exact packages that this layer adds, in order
 * @param inputs everything else: digests of scripts by name, variables of the environment
 */
public record LayerRecipe(
        Optional<Digest> below,
        String work,
        String driver,
        Instant clock,
        List<Installed> packages,
        Map<String, String> inputs) {
    /** Goes up whenever a newer Stencil makes something else of the same recipe. */
    public static final int FORMAT = 2;

    private static final String CLOCK = "clock";

    public LayerRecipe {
        packages = List.copyOf(packages);
        inputs = new TreeMap<>(inputs);
    }

    /** The clock in the recipe of a layer that was made; reads one line and no TOML, which costs 50 ms of start-up. */
    public static Instant clockOf(Layer layer) throws IOException {
        String begin = CLOCK + " = ";
        for (String line : Files.readAllLines(layer.recipe())) {
            if (line.startsWith(begin)) {
                return Instant.parse(line.substring(begin.length()));
            }
        }
        throw new IOException(layer.recipe() + " has no clock");
    }

    /** Name of the layer. */
    public Digest digest() {
        return Digest.of(text().getBytes(StandardCharsets.UTF_8));
    }

    public String text() {
        var toml = new TomlText();
        toml.number("format", FORMAT);
        below.ifPresent(digest -> toml.string("below", digest.hex()));
        toml.string("work", work);
        toml.string("package_manager", driver);
        toml.instant(CLOCK, clock);
        inputs.forEach((name, value) -> {
            toml.table("input");
            toml.string("name", name);
            toml.string("value", value);
        });
        for (Installed installed : packages) {
            installed.writeTo(toml);
        }
        return toml.text();
    }
}
