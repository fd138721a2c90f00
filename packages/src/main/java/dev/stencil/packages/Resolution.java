package dev.stencil.packages;

import java.util.List;
import java.util.Set;

/**
 * What the distribution's own tool would do, exactly.
 *
 * @param install packages to be unpacked and configured, in the tool's own order
 * @param remove packages that go
 * @param replaced versions that give way to newer ones of the same name in {@code install}
 * @param steps the order in which the tool would do all this; a fast path that reaches the same end may ignore it
 * @param automatic names in {@code install} that are there only because others need them, which the tool's
 *     {@code autoremove} may take away again
 */
public record Resolution(
        List<PackageFile> install,
        List<PackageName> remove,
        List<PackageName> replaced,
        List<Step> steps,
        Set<String> automatic) {
    public Resolution {
        install = List.copyOf(install);
        remove = List.copyOf(remove);
        replaced = List.copyOf(replaced);
        steps = List.copyOf(steps);
        automatic = Set.copyOf(automatic);
    }

    /** Nothing of it counts as automatic. */
    public Resolution(
            List<PackageFile> install, List<PackageName> remove, List<PackageName> replaced, List<Step> steps) {
        this(install, remove, replaced, steps, Set.of());
    }

    /** The same, where {@code names} are there only because others need them. */
    public Resolution withAutomatic(Set<String> names) {
        return new Resolution(install, remove, replaced, steps, names);
    }

    /** One action of the plan. */
    public sealed interface Step {
        PackageName name();

        record Unpack(PackageName name) implements Step {}

        record Configure(PackageName name) implements Step {}

        record Remove(PackageName name) implements Step {}
    }

    public boolean isEmpty() {
        return install.isEmpty() && remove.isEmpty();
    }

    public long downloadBytes() {
        return install.stream().mapToLong(PackageFile::sizeBytes).sum();
    }
}
