package dev.stencil.image.layer;

import dev.stencil.host.Digest;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.PackageName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One package and the digest of its file; none for what a template's script installed by itself. */
public record Installed(PackageName name, Optional<Digest> sha256) {
    public void writeTo(TomlText toml) {
        toml.table("package");
        toml.packageName(name);
        sha256.ifPresent(digest -> toml.string("sha256", digest.hex()));
    }

    /** The packages of a root; {@code digests} by {@link PackageName#toString}. */
    public static List<Installed> of(List<InstalledPackage> packages, Map<String, Digest> digests) {
        return packages.stream()
                .map(one -> new Installed(
                        one.name(), Optional.ofNullable(digests.get(one.name().toString()))))
                .toList();
    }
}
