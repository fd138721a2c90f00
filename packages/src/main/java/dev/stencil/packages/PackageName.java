package dev.stencil.packages;

/**
 * Exactly one build of a package.
 *
 * @param version the family's own full form, {@code [epoch:]version[-release]}
 * @param arch the family's own word ({@code amd64}, {@code all}, {@code x86_64}, {@code noarch})
 */
public record PackageName(String name, String version, String arch) {
    /** As the family's tools print it: {@code name_version_arch} is never used, a blank never occurs inside. */
    @Override
    public String toString() {
        return name + "=" + version + ":" + arch;
    }
}
