package dev.stencil.packages.rpm;

import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells the package managers that a root has of its own why packages are there: rpm does not keep it, and without it dnf and
 * zypper take everything for asked for, so that their {@code autoremove} finds nothing. Roots without them get no file.
 */
final class GuestReasons {
    private static final String DNF = "usr/bin/dnf";
    private static final String DNF_5 = "usr/bin/dnf5";
    private static final String DNF_MEMORY = "var/lib/dnf";
    private static final String HISTORY = "history.sqlite";
    private static final String ZYPPER = "usr/bin/zypper";
    private static final String ZYPPER_MEMORY = "var/lib/zypp";
    private static final String AUTOMATIC = "AutoInstalled";

    private final DnfState state;
    private final Owner owner;

    /** @param owner whom files in the root belong to: its root user as this host sees it */
    GuestReasons(DnfState state, Owner owner) {
        this.state = state;
        this.owner = owner;
    }

    /** Of the packages that {@code done} has brought and that were not there in another version. */
    void record(Path path, Resolution done, Instant when) throws IOException {
        try (Root root = Root.open(path)) {
            PackageReasons reasons = PackageReasons.of(done);
            if (!reasons.isEmpty() && (hasDnf4(root) || isTakenOver(root))) {
                tellDnf(root, reasons, when);
            }
            if (root.exists(DNF_5) && !isTakenOver(root)) {
                new Dnf5Memory(root, owner).record(done);
            }
            if (root.exists(ZYPPER)) {
                tellZypper(root, reasons, done.remove());
            }
        }
    }

    /** Whether dnf 5 will begin with what is in dnf 4's memory, and not look at it again. */
    private boolean isTakenOver(Root root) throws IOException {
        return root.exists(DNF_5) && root.exists(DNF_MEMORY + "/" + HISTORY) && new Dnf5Memory(root, owner).isEmpty();
    }

    /** Where dnf is dnf 5, which has a name of its own, {@code dnf} is a link to it. */
    private static boolean hasDnf4(Root root) throws IOException {
        return root.exists(DNF)
                && root.linkTarget(DNF)
                        .filter(target -> target.endsWith("dnf5"))
                        .isEmpty();
    }

    private void tellDnf(Root root, PackageReasons reasons, Instant when) throws IOException {
        Optional<RpmDatabase> database = RpmDatabase.find(root);
        if (database.isEmpty()) {
            return;
        }
        try (RpmScratch scratch = state.copy(root, database.get())) {
            state.ask(
                    new DnfQuestion("reasons")
                            .with("clock", String.valueOf(when.getEpochSecond()))
                            .with("automatic", words(reasons.automatic()))
                            .with("asked", words(reasons.asked())),
                    scratch);
            root.makeDirectories(DNF_MEMORY, Mode.DIRECTORY, owner);
            for (String name : root.list(DNF_MEMORY)) {
                if (name.startsWith(HISTORY + "-")) {
                    root.delete(DNF_MEMORY + "/" + name); // its log, which the copy has taken in
                }
            }
            byte[] memory = Files.readAllBytes(scratch.persist().resolve(HISTORY));
            root.write(DNF_MEMORY + "/" + HISTORY, memory, Mode.FILE, owner);
        }
    }

    private static List<String> words(List<PackageName> names) {
        return names.stream().map(name -> name.name() + " " + name.arch()).toList();
    }

    /** One name a line, sorted; what begins with {@code #} is a comment of zypper's. */
    private void tellZypper(Root root, PackageReasons reasons, List<PackageName> gone) throws IOException {
        Set<String> names = new TreeSet<>();
        String file = ZYPPER_MEMORY + "/" + AUTOMATIC;
        root.readText(file).ifPresent(text -> text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(names::add));
        gone.forEach(name -> names.remove(name.name()));
        reasons.asked().forEach(name -> names.remove(name.name()));
        reasons.automatic().forEach(name -> names.add(name.name()));
        if (names.isEmpty() && !root.exists(file)) {
            return;
        }
        root.makeDirectories(ZYPPER_MEMORY, Mode.DIRECTORY, owner);
        String text = names.isEmpty() ? "" : String.join("\n", names) + "\n";
        root.write(file, text, Mode.FILE, owner);
    }
}
