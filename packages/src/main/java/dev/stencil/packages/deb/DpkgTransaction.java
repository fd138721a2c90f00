package dev.stencil.packages.deb;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Program;
import dev.stencil.linux.Root;
import dev.stencil.packages.PackageDrop;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Carries a plan out in a root in use with the root's own dpkg, run inside: maintainer scripts meet the guest's users,
 * services and init. The root needs neither apt nor a network.
 *
 * <p>The runs are those apt would start for the same plan (apt-pkg/deb/dpkgpm.cc): triggers wait for the last run,
 * configuration files changed by hand are kept (spec vzpkg 6.7.3).
 */
final class DpkgTransaction {
    private static final List<String> KEEP_CONFFILES = List.of("--force-confdef", "--force-confold");
    private static final List<String> NEW_CONFFILES = List.of("--force-confdef", "--force-confnew");
    private static final Map<String, String> UNATTENDED = Map.of(
            "DEBIAN_FRONTEND", "noninteractive",
            "DEBCONF_NONINTERACTIVE_SEEN", "true",
            "DPKG_COLORS", "never",
            "HOME", "/root",
            "TERM", "dumb");

    private final Target target;
    private final Map<String, String> environment;
    private final Function<PackageFile, Path> stored;
    private final List<String> conffiles;

    /**
     * @param environment the template's own variables for package managers
     * @param stored where the package store keeps a fetched file
     */
    DpkgTransaction(Target target, Map<String, String> environment, Function<PackageFile, Path> stored) {
        this(target, environment, stored, KEEP_CONFFILES);
    }

    private DpkgTransaction(
            Target target,
            Map<String, String> environment,
            Function<PackageFile, Path> stored,
            List<String> conffiles) {
        this.conffiles = conffiles;
        this.target = target;
        this.environment = environment;
        this.stored = stored;
    }

    /**
     * The same, where a configuration file becomes the package's new one if dpkg itself has no preference. It has one for
     * files changed by hand: they stay, with the new one beside them as {@code .dpkg-dist}.
     */
    DpkgTransaction toAnotherRelease() {
        return new DpkgTransaction(target, environment, stored, NEW_CONFFILES);
    }

    /** Ends with every package of the plan in its place; what dpkg had done when it failed stays, as with dpkg itself. */
    void carryOut(Resolution plan, Progress progress) {
        if (plan.steps().isEmpty() && plan.isEmpty()) {
            return;
        }
        try (var task = progress.task("Package manager", plan.steps().size(), Progress.Unit.ITEMS);
                PackageDrop drop = PackageDrop.open(target, ".deb")) {
            for (PackageFile file : plan.install()) {
                drop.add(file.name(), stored.apply(file));
            }
            for (DpkgBatch batch : DpkgBatch.of(plan)) {
                run(batch, plan, drop, task);
            }
            run("configure", dpkg(conffiles).args("--configure", "--pending"), task);
            markAutomatic(plan);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot put packages into " + target.root() + ": " + e.getMessage(), e);
        }
    }

    private void markAutomatic(Resolution plan) throws IOException {
        try (Root root = Root.open(target.root())) {
            AutomaticMarks.add(root, Owner.ROOT.shiftedBy(target.idShift()), plan);
        }
    }

    private void run(DpkgBatch batch, Resolution plan, PackageDrop drop, Progress.Task task) throws IOException {
        Program dpkg = dpkg(conffiles).args("--no-triggers");
        switch (batch.kind()) {
            case UNPACK -> {
                List<String> files = new ArrayList<>();
                batch.packages().forEach(name -> files.add(drop.inside(name)));
                run("unpack", dpkg.args("--unpack", "--auto-deconfigure").args(files), task);
            }
            case CONFIGURE ->
                run(
                        "configure",
                        dpkg.args("--force-configure-any", "--configure").args(qualified(batch)),
                        task);
            case REMOVE -> run("remove", dpkg.args(removal(plan)).args(qualified(batch)), task);
        }
    }

    /**
     * Where packages also come, dependants may miss something until those are there: apt has checked the end. Where
     * packages only go, dpkg checks once more.
     */
    private static List<String> removal(Resolution plan) {
        List<String> words = new ArrayList<>(List.of("--force-remove-reinstreq", "--force-remove-essential"));
        if (!plan.install().isEmpty()) {
            words.add("--force-depends");
        }
        words.add("--remove");
        return words;
    }

    private Program dpkg(List<String> options) {
        return Program.of("dpkg").args(options).env(environment).env(UNATTENDED);
    }

    /** dpkg as it is run here, for others: asks nobody, keeps configuration files that were changed by hand. */
    static Program unattended(Map<String, String> environment) {
        return Program.of("dpkg").args(KEEP_CONFFILES).env(environment).env(UNATTENDED);
    }

    private void run(String verb, Program dpkg, Progress.Task task) throws IOException {
        Finished done = target.run(dpkg.output(new Program.Output.Lines(line -> count(line, task))));
        if (done.isSuccess()) {
            return;
        }
        DpkgWords words = DpkgWords.of(done);
        String what = words.packages().isEmpty() ? "packages" : String.join(", ", words.packages());
        String said = words.text().isEmpty() ? "it ended with status " + done.status() : words.text();
        throw new StencilException(Fault.PACKAGE_MANAGER, "dpkg could not " + verb + " " + what + ": " + said);
    }

    private static void count(String line, Progress.Task task) {
        if (line.startsWith("Unpacking ") || line.startsWith("Setting up ") || line.startsWith("Removing ")) {
            task.advance(1);
        }
    }

    private static List<String> qualified(DpkgBatch batch) {
        List<String> names = new ArrayList<>();
        batch.packages().forEach(name -> names.add(qualified(name)));
        return names;
    }

    /** dpkg knows a package of any architecture by its bare name only. */
    private static String qualified(PackageName name) {
        return name.arch().isEmpty() || name.arch().equals("all") ? name.name() : name.name() + ":" + name.arch();
    }
}
