package dev.stencil.packages.rpm;

import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where dnf 5 in a root keeps why packages are there ({@code packages.toml}, by name and architecture) and which builds it knows
 * ({@code nevras.toml}). Groups, environments and modules, in files beside these, are left to it. Source: dnf5-system-state(7).
 */
final class Dnf5Memory {
    private static final String DIRECTORY = "usr/lib/sysimage/libdnf5";
    private static final String PACKAGES = "packages";
    private static final String BUILDS = "nevras";

    private final Root root;
    private final Owner owner;

    /** @param owner whom files in the root belong to */
    Dnf5Memory(Root root, Owner owner) {
        this.root = root;
        this.owner = owner;
    }

    /** Whether dnf 5 would take over what dnf 4 remembers: it does so as long as it knows of no build. */
    boolean isEmpty() throws IOException {
        return read(BUILDS).map(table -> table.rows().isEmpty()).orElse(false);
    }

    /**
     * Notes what has come and gone; what was noted before stays. Files that are not as dnf 5 writes them are left as they are:
     * dnf 5 itself tells its user what is wrong with them.
     */
    void record(Resolution done) throws IOException {
        Optional<Dnf5Table> packages = read(PACKAGES);
        Optional<Dnf5Table> builds = read(BUILDS);
        if (packages.isEmpty() || builds.isEmpty()) {
            return;
        }
        // dnf 5 writes them in this order, and relies on it when it finds the work half done.
        write(packages.get(), reasonsAfter(packages.get(), done));
        write(builds.get(), buildsAfter(builds.get(), done));
    }

    private static Dnf5Table reasonsAfter(Dnf5Table before, Resolution done) {
        var rows = new TreeMap<>(before.rows());
        done.remove().forEach(name -> rows.remove(nameAndArch(name)));
        PackageReasons reasons = PackageReasons.of(done);
        note(rows, reasons.automatic(), "Dependency");
        note(rows, reasons.asked(), "User");
        return new Dnf5Table(before.name(), rows);
    }

    private static void note(
            SortedMap<String, SortedMap<String, String>> rows, List<PackageName> names, String reason) {
        names.forEach(name -> rows.put(nameAndArch(name), row("reason", reason)));
    }

    private static Dnf5Table buildsAfter(Dnf5Table before, Resolution done) {
        var rows = new TreeMap<>(before.rows());
        done.remove().forEach(name -> rows.remove(build(name)));
        done.replaced().forEach(name -> rows.remove(build(name)));
        // The guest does not know our repositories by name; empty is what libdnf5 itself writes for none.
        done.install().forEach(file -> rows.put(build(file.name()), row("from_repo", "")));
        return new Dnf5Table(before.name(), rows);
    }

    private static SortedMap<String, String> row(String key, String value) {
        var row = new TreeMap<String, String>();
        row.put(key, value);
        return row;
    }

    private static String nameAndArch(PackageName name) {
        return name.name() + "." + name.arch();
    }

    /** Name, epoch unless it is 0, version, release, architecture. */
    private static String build(PackageName name) {
        String version = name.version().startsWith("0:") ? name.version().substring(2) : name.version();
        return name.name() + "-" + version + "." + name.arch();
    }

    /** Empty when the file is there but not understood. */
    private Optional<Dnf5Table> read(String name) throws IOException {
        Optional<String> text = root.readText(file(name));
        try {
            return Optional.of(
                    text.map(written -> Dnf5Table.parse(name, written)).orElse(Dnf5Table.empty(name)));
        } catch (IllegalArgumentException otherwise) {
            return Optional.empty();
        }
    }

    private void write(Dnf5Table before, Dnf5Table after) throws IOException {
        if (after.equals(before)) {
            return;
        }
        root.makeDirectories(DIRECTORY, Mode.DIRECTORY, owner);
        root.write(file(after.name()), after.text(), Mode.FILE, owner);
    }

    private static String file(String name) {
        return DIRECTORY + "/" + name + ".toml";
    }
}
