package dev.stencil.packages.rpm;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Program;
import dev.stencil.linux.Root;
import dev.stencil.packages.DatabaseLocks;
import dev.stencil.packages.PackageDrop;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Carries a plan out with the root's own rpm, run inside: it knows the format and the place of its database, and scriptlets
 * meet the guest's users, services and init. The root needs neither dnf nor a network.
 */
final class RpmTransaction {
    /** File systems of the guest's own, whose directories belong to a package; nobody can change owners there. */
    private static final String MOUNTED = "/proc:/sys:/dev";

    private final Target target;
    private final RpmRun rpm;
    private final Function<PackageFile, Path> stored;
    private final Duration wait;

    /**
     * @param stored where the package store keeps a fetched file
     * @param wait how long somebody else may hold the package database
     */
    RpmTransaction(Target target, RpmRun rpm, Function<PackageFile, Path> stored, Duration wait) {
        this.target = target;
        this.rpm = rpm;
        this.stored = stored;
        this.wait = wait;
    }

    /** Ends with every package of the plan in its place; what rpm had done when it failed stays, as with rpm itself. */
    void carryOut(Resolution plan, Progress progress) {
        if (plan.steps().isEmpty()) {
            return;
        }
        awaitDatabase();
        try (var task = progress.task("Package manager", plan.steps().size(), Progress.Unit.ITEMS)) {
            remove(removals(plan), !plan.install().isEmpty(), task);
            install(plan, List.of(), task);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** rpm itself would wait for ever, and say so to nobody. */
    private void awaitDatabase() {
        try {
            if (!DatabaseLocks.awaitFree(target.root(), RpmDatabase.LOCKS, wait)) {
                throw new StencilException(
                        Fault.LOCKED,
                        "Another program inside " + target.root() + " works on its package database (waited "
                                + wait.toSeconds() + " s). Wait for it to end, or stop it, and run the command again.");
            }
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot look at the locks of rpm in " + target.root() + ": " + e.getMessage(), e);
        }
    }

    /**
     * The same for the step to another release, where what goes may be what rpm or scriptlets run by until the new packages
     * are there: those come first, and take the place of files of packages that go. The one who made the plan has checked
     * its end.
     *
     * @param installed what the root's database holds at that time; obsoleted packages have gone with the install
     */
    void carryOutNewFirst(Resolution plan, Supplier<Set<PackageName>> installed, Progress progress) {
        if (plan.steps().isEmpty()) {
            return;
        }
        awaitDatabase();
        try (var task = progress.task("Package manager", plan.steps().size(), Progress.Unit.ITEMS)) {
            install(plan, plan.remove().isEmpty() ? List.of() : List.of("--nodeps", "--replacefiles"), task);
            Set<PackageName> left = plan.remove().isEmpty() ? Set.of() : installed.get();
            remove(removals(plan).stream().filter(left::contains).toList(), true, task);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private StencilException failure(IOException e) {
        return new StencilException(
                Fault.SYSTEM, "Cannot put packages into " + target.root() + ": " + e.getMessage(), e);
    }

    private static List<PackageName> removals(Resolution plan) {
        List<PackageName> names = new ArrayList<>();
        for (Resolution.Step step : plan.steps()) {
            if (step instanceof Resolution.Step.Remove(PackageName name)) {
                names.add(name);
            }
        }
        return names;
    }

    /**
     * Where packages also come, others may miss something until those are there: dnf has checked the end. Where packages only
     * go, rpm checks once more.
     */
    private void remove(List<PackageName> names, boolean otherPackagesCome, Progress.Task task) throws IOException {
        List<String> words = names.stream().map(RpmMatch::exactly).toList();
        if (!words.isEmpty()) {
            Program erase = Program.of("rpm", "-e", "-v");
            if (otherPackagesCome) {
                erase = erase.args("--nodeps");
            }
            rpm.require(erase.args(words), "remove " + String.join(", ", words), List.of(), task);
        }
    }

    private void install(Resolution plan, List<String> options, Progress.Task task) throws IOException {
        if (plan.install().isEmpty()) {
            return;
        }
        try (PackageDrop drop = PackageDrop.open(target, ".rpm")) {
            List<String> files = new ArrayList<>();
            for (PackageFile file : plan.install()) {
                drop.add(file.name(), stored.apply(file));
                files.add(drop.inside(file.name()));
            }
            // Signatures were checked when the files were fetched, against the template's keys.
            Program install = Program.of("rpm", "-U", "-v", "--nosignature", "--oldpackage", "--replacepkgs")
                    .args("--define", "_netsharedpath " + untouched())
                    .args(options);
            rpm.require(
                    install.args(files),
                    "install " + named(plan.install()),
                    plan.install().stream().map(stored).toList(),
                    task);
        }
    }

    /** Those, and what the root itself wants to be left alone. */
    private String untouched() throws IOException {
        try (Root root = Root.open(target.root())) {
            String paths = RpmMacros.of(root).values().getOrDefault("_netsharedpath", "");
            return paths.isEmpty() ? MOUNTED : paths + ":" + MOUNTED;
        }
    }

    private static String named(List<PackageFile> files) {
        List<String> names = files.stream().map(file -> file.name().name()).toList();
        return names.size() <= 5 ? String.join(", ", names) : names.size() + " packages";
    }
}
