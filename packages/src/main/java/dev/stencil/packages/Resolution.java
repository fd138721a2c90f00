package dev.stencil.packages;

import java.util.List;

/**
 * What the distribution's own tool would do, exactly.
 *
 * @param install packages to be unpacked and configured, in the tool's own order
 * @param remove packages that go
 * @param replaced versions that give way to newer ones of the same name in {@code install}
 * @param steps the order in which the tool would do all this; a fast path that reaches the same end may ignore it
 */
public record Resolution(
        List<PackageFile> install, List<PackageName> remove, List<PackageName> replaced, List<Step> steps) {
    public Resolution {
        install = List.copyOf(install);
        remove = List.copyOf(remove);
        replaced = List.copyOf(replaced);
        steps = List.copyOf(steps);
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
