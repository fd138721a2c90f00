package dev.stencil.container.applications;

import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Resolution;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a package command did, or with {@code -n} would do; each list by name.
 *
 * @param added packages that came, newer versions of present ones included
 * @param removed packages of which no version is left
 */
public record PackageChanges(List<PackageName> added, List<PackageName> removed) {
    public PackageChanges {
        added = sorted(added);
        removed = sorted(removed);
    }

    static PackageChanges of(Resolution plan) {
        return new PackageChanges(plan.install().stream().map(PackageFile::name).toList(), plan.remove());
    }

    /** From the package database before and after. */
    static PackageChanges between(List<PackageName> before, List<PackageName> after) {
        List<PackageName> added = new ArrayList<>(after);
        added.removeAll(new HashSet<>(before));
        Set<String> left = new HashSet<>();
        after.forEach(name -> left.add(key(name)));
        List<PackageName> removed = new ArrayList<>(before);
        removed.removeIf(name -> left.contains(key(name)));
        return new PackageChanges(added, removed);
    }

    static List<PackageName> names(List<InstalledPackage> packages) {
        return packages.stream().map(InstalledPackage::name).toList();
    }

    private static String key(PackageName name) {
        return name.name() + ":" + name.arch();
    }

    private static List<PackageName> sorted(List<PackageName> names) {
        return names.stream().sorted(PackageChanges::byName).toList();
    }

    private static int byName(PackageName a, PackageName b) {
        int order = a.name().compareTo(b.name());
        return order != 0 ? order : a.arch().compareTo(b.arch());
    }
}
