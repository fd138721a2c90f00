package dev.stencil.packages.rpm;

import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Resolution;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Why packages have come that were not there in another version; of those the reason is known already.
 *
 * @param automatic because others need them
 * @param asked because somebody wanted them
 */
record PackageReasons(List<PackageName> automatic, List<PackageName> asked) {
    PackageReasons {
        automatic = List.copyOf(automatic);
        asked = List.copyOf(asked);
    }

    static PackageReasons of(Resolution done) {
        Set<String> there = new HashSet<>();
        done.replaced().forEach(name -> there.add(name.name() + " " + name.arch()));
        List<PackageName> fresh = done.install().stream()
                .map(PackageFile::name)
                .filter(name -> !there.contains(name.name() + " " + name.arch()))
                .sorted(Comparator.comparing(PackageName::name).thenComparing(PackageName::arch))
                .toList();
        return new PackageReasons(
                fresh.stream()
                        .filter(name -> done.automatic().contains(name.name()))
                        .toList(),
                fresh.stream()
                        .filter(name -> !done.automatic().contains(name.name()))
                        .toList());
    }

    boolean isEmpty() {
        return automatic.isEmpty() && asked.isEmpty();
    }
}
