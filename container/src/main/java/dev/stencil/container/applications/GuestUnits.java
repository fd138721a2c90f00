package dev.stencil.container.applications;

import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.Root;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Brings services of a running container in line with files that were put back under them: those that are gone end, those
 * whose packages changed are started again if they run, those that came back are started if they are enabled. For systemd;
 * another init is left alone, which a note says.
 */
final class GuestUnits {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Set<String> FOLDERS =
            Set.of("lib/systemd/system", "usr/lib/systemd/system", "etc/systemd/system");
    private static final Set<String> KINDS = Set.of("service", "socket", "timer", "path");

    private final Target guest;
    private final Set<String> before;
    private final List<String> notes = new ArrayList<>();

    private GuestUnits(Target guest, Set<String> before) {
        this.guest = guest;
        this.before = before;
    }

    /** To be called before files change. */
    static GuestUnits of(Target guest) throws IOException {
        return new GuestUnits(guest, present(guest));
    }

    /**
     * To be called when they have.
     *
     * @param changed packages that are there now in another version than before
     * @return notes for a person
     */
    List<String> follow(PackageManager manager, Collection<PackageName> changed) throws IOException {
        Finished state = guest.run(systemctl().args("is-system-running"));
        String word = state.text().strip();
        if (word.isEmpty() || word.equals("offline") || word.equals("unknown")) {
            notes.add("There is no systemd inside: start services again whose programs came back.");
            return List.copyOf(notes);
        }
        Set<String> after = present(guest);
        run("stop", minus(before, after));
        systemctl("daemon-reload", List.of());
        Set<String> restarted = new TreeSet<>();
        for (PackageName name : changed) {
            manager.files(guest.root(), name).forEach(path -> unitOf(path).ifPresent(restarted::add));
        }
        run("try-restart", restarted);
        Set<String> back = minus(after, before);
        back.removeIf(unit -> unit.contains("@") || !isEnabled(unit));
        run("start", back);
        return List.copyOf(notes);
    }

    private boolean isEnabled(String unit) {
        try {
            return guest.run(systemctl().args("is-enabled", unit))
                    .text()
                    .strip()
                    .equals("enabled");
        } catch (IOException e) {
            notes.add("Cannot tell whether " + unit + " is enabled: " + e.getMessage());
            return false;
        }
    }

    private void run(String verb, Set<String> units) throws IOException {
        if (!units.isEmpty()) {
            List<String> names =
                    units.stream().map(unit -> unit.replace("@.", "@*.")).toList();
            systemctl(verb, names);
        }
    }

    private void systemctl(String verb, List<String> units) throws IOException {
        Finished done = guest.run(systemctl().args(verb).args(units));
        if (!done.isSuccess()) {
            notes.add("systemctl " + verb + " " + String.join(" ", units) + ": "
                    + done.stderrEnd().strip());
        }
    }

    private static Program systemctl() {
        return Program.of("systemctl").timeout(PATIENCE);
    }

    private static Set<String> minus(Set<String> units, Set<String> others) {
        Set<String> left = new TreeSet<>(units);
        left.removeAll(others);
        return left;
    }

    private static Set<String> present(Target guest) throws IOException {
        Set<String> units = new TreeSet<>();
        try (Root root = Root.open(guest.root())) {
            for (String folder : FOLDERS) {
                for (String name : root.list(folder)) {
                    unitOf(folder + "/" + name).ifPresent(units::add);
                }
            }
        }
        return units;
    }

    private static Optional<String> unitOf(String path) {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        boolean unit = slash > 0
                && FOLDERS.contains(path.substring(0, slash))
                && KINDS.contains(name.substring(name.lastIndexOf('.') + 1));
        return unit && !name.startsWith("-") ? Optional.of(name) : Optional.empty();
    }
}
