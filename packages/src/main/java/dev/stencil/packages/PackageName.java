package dev.stencil.packages;

import org.jspecify.annotations.Nullable;

/**
 * Exactly one build of a package.
 *
 * @param version the family's own full form, {@code [epoch:]version[-release]}
 * @param arch the family's own word ({@code amd64}, {@code all}, {@code x86_64}, {@code noarch})
 */
public record PackageName(String name, String version, String arch) {
    /** What a record has by itself is made when it is first called, which takes as long as a thousand names. */
    @Override
    public int hashCode() {
        return (name.hashCode() * 31 + version.hashCode()) * 31 + arch.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PackageName same
                && name.equals(same.name)
                && version.equals(same.version)
                && arch.equals(same.arch);
    }

    /** As the family's tools print it: {@code name_version_arch} is never used, a blank never occurs inside. */
    @Override
    public String toString() {
        return name + "=" + version + ":" + arch;
    }
}
