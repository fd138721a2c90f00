package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.image.layer.Extent;
import dev.stencil.image.layer.Installed;
import dev.stencil.image.layer.TomlTable;
import dev.stencil.image.layer.TomlText;
import dev.stencil.packages.PackageName;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
            TomlTable root = TomlTable.parse(text);
            if (root.number("format") != FORMAT) {
                throw new IOException(
                        source + " has format " + root.number("format") + ", this version reads " + FORMAT);
            }
            return new GenerationManifest(
                    root.string("template"),
                    Instant.parse(root.string("built")),
                    new Maker(root.string("stencil"), root.string("package_manager")),
                    root.strings("layers").stream().map(Digest::parse).toList(),
                    root.tables("package").stream()
                            .map(GenerationManifest::installed)
                            .toList(),
                    new Extent(root.number("files"), root.number("size")),
                    root.find("lock").map(id -> Digest.parse(id.substring(LOCK_PREFIX.length()))));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | java.time.DateTimeException e) {
            throw new IOException(source + " is damaged: " + e.getMessage(), e);
        }
    }

    private static Installed installed(TomlTable entry) {
        var name = new PackageName(entry.string("name"), entry.string("version"), entry.string("arch"));
        return new Installed(name, entry.find("sha256").map(Digest::parse));
    }
}
