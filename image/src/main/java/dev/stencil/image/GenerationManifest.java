package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.image.layer.Extent;
import dev.stencil.image.layer.Installed;
import dev.stencil.image.layer.TomlText;
import dev.stencil.packages.PackageName;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * Content of a {@code generation.toml}: what a generation is made of, exactly, and how large it is.
 *
 * @param maker version of Stencil and the package manager's driver name
 * @param packages installed packages in the order of the package database, each with the digest of its file
 * @param lock id of the lock that it was made from, which lies beside; none in those of older versions
 */
public record GenerationManifest(
        String template,
        Instant built,
        Maker maker,
        List<Digest> layers,
        List<Installed> packages,
        Extent extent,
        Optional<Digest> lock) {
    static final int FORMAT = 1;
    private static final String LOCK_PREFIX = "sha256:";

    public GenerationManifest {
        layers = List.copyOf(layers);
        packages = List.copyOf(packages);
    }

    /** With what it was made. */
    public record Maker(String stencil, String driver) {}

    String text() {
        var toml = new TomlText();
        toml.number("format", FORMAT);
        toml.string("template", template);
        toml.instant("built", built);
        toml.string("stencil", maker.stencil());
        toml.string("package_manager", maker.driver());
        toml.strings("layers", layers.stream().map(Digest::hex).toList());
        toml.number("files", extent.files());
        toml.number("size", extent.sizeBytes());
        lock.ifPresent(id -> toml.string("lock", LOCK_PREFIX + id.hex()));
        for (Installed installed : packages) {
            installed.writeTo(toml);
        }
        return toml.text();
    }

    /** Understands what {@link #text} writes; {@code source} names the file in errors. */
    static GenerationManifest parse(String text, String source) throws IOException {
        try {
            JsonNode root = new TomlMapper().readTree(text);
            if (root.required("format").asInt() != FORMAT) {
                throw new IOException(source + " has format "
                        + root.required("format").asString() + ", this version reads " + FORMAT);
            }
            List<Digest> layers = new ArrayList<>();
            root.required("layers").forEach(layer -> layers.add(Digest.parse(layer.asString())));
            List<Installed> packages = new ArrayList<>();
            root.path("package").forEach(entry -> packages.add(installed(entry)));
            return new GenerationManifest(
                    root.required("template").asString(),
                    Instant.parse(root.required("built").asString()),
                    new Maker(
                            root.required("stencil").asString(),
                            root.required("package_manager").asString()),
                    layers,
                    packages,
                    new Extent(
                            root.required("files").asLong(),
                            root.required("size").asLong()),
                    root.optional("lock").map(id -> Digest.parse(id.asString().substring(LOCK_PREFIX.length()))));
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException e) {
            throw new IOException(source + " is damaged: " + e.getMessage(), e);
        }
    }

    private static Installed installed(JsonNode entry) {
        var name = new PackageName(
                entry.required("name").asString(),
                entry.required("version").asString(),
                entry.required("arch").asString());
        return new Installed(name, entry.optional("sha256").map(text -> Digest.parse(text.asString())));
    }
}
