package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.image.GenerationManifest.Installed;
import dev.stencil.image.GenerationManifest.Maker;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a layer is made from; its text is the layer's {@code layer.toml}, and the digest of that text its name. So
 * {@code sha256sum layer.toml} must give the name of the directory.
 *
 * @param template for which OS template it was made, for a reader
 * @param packages exact packages
 * @param inputs everything else that can change the result: digests of scripts by name, variables of the environment
 * @param build tells two builds of equal inputs apart, as long as those are not equal byte for byte (decision 0020)
 */
record LayerRecipe(
        String template,
        Maker maker,
        List<Installed> packages,
        Map<String, String> inputs,
        Instant built,
        String build) {
    private static final int FORMAT = 1;

    LayerRecipe {
        packages = List.copyOf(packages);
        inputs = new TreeMap<>(inputs);
    }

    Digest digest() {
        return Digest.of(text().getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        var toml = new TomlText();
        toml.number("format", FORMAT);
        toml.string("template", template);
        toml.string("stencil", maker.stencil());
        toml.string("package_manager", maker.driver());
        toml.instant("built", built);
        toml.string("build", build);
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
