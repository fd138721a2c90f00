package dev.stencil.packages.deb;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.Root;
import dev.stencil.linux.TreeWriter;
import dev.stencil.packages.BuildHooks;
import dev.stencil.packages.BuildStage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes a system out of packages in an empty directory, in waves: a wave is unpacked in parallel, then configured by one
 * run of the root's own dpkg, and ends settled. What the fast way cannot do exactly is done by dpkg.
 */
final class RootBuilder {
    private static final String POLICY = "usr/sbin/policy-rc.d";
    /** "Action forbidden by policy": no service starts while a root is made. Source: invoke-rc.d(8). */
    private static final String FORBID_SERVICES = "#!/bin/sh\nexit 101\n";

    private final Root root;
    private final ProgramRunner sandbox;
    private final InsideDpkg dpkg;
    private final BuildHooks hooks;
    private final Progress progress;
    private final DpkgDatabase database;

    RootBuilder(Root root, ProgramRunner sandbox, InsideDpkg dpkg, BuildHooks hooks, Progress progress) {
        this.root = root;
        this.sandbox = sandbox;
        this.dpkg = dpkg;
        this.hooks = hooks;
        this.progress = progress;
        this.database = new DpkgDatabase(root);
    }

    /**
     * Fills an empty root with the packages of the first stage, the Essential set among them.
     *
     * @param foreign architectures besides {@code arch} that packages may have
     */
    void begin(BuildStage stage, List<DebPackage> packages, String arch, List<String> foreign) throws IOException {
        database.create(arch, foreign);
        MergedUsr.prepare(root, packages, arch);
        hooks.beforePackages(root.path());
        Claims claims = Claims.none(root);
        install(stage, WavePlan.of(packages), claims, dpkgVersion(packages));
        requireInstalled(packages.size());
    }

    /** Adds the packages of a later stage to a root whose packages are all configured. */
    void proceed(BuildStage stage, List<DebPackage> packages) throws IOException {
        List<Paragraph> before = InstalledRoot.read(root.path()).installedParagraphs();
        Claims claims = Claims.installed(root);
        forbidServices();
        install(stage, WavePlan.of(packages), claims, dpkgVersionIn(before));
        requireInstalled(before.size() + packages.size());
    }

    /**
     * After the last stage.
     *
     * @param automatic names that apt's autoremove may take away again
     */
    void finish(Set<String> automatic, String arch) throws IOException {
        var all = new PackageSet(InstalledRoot.read(root.path()).installedParagraphs().stream()
                .map(PackageSet.Member::of)
                .toList());
        Set<String> essential = all.essentialClosure();
        database.markAutomatic(
                all.members().stream()
                        .filter(one -> !essential.contains(one.infoName()))
                        .toList(),
                automatic,
                arch);
        forbidServices();
        hooks.afterPackages(root.path(), sandbox);
        root.delete(POLICY);
    }

    private void install(BuildStage stage, List<List<DebPackage>> waves, Claims claims, String dpkgVersion)
            throws IOException {
        progress.stage("Installing packages: stage " + stage.number());
        long steps = 2L * stage.packages().size();
        try (Progress.Task task = progress.task("Installing packages", steps, Progress.Unit.ITEMS)) {
            for (int i = 0; i < waves.size(); i++) {
                if (i == 0 && stage.isFirst()) {
                    first(waves.get(i), claims, dpkgVersion, task);
                    hooks.afterBootstrap(root.path(), sandbox);
                } else {
                    later(waves.get(i), claims, dpkgVersion, task);
                }
            }
        }
        root.delete(POLICY);
    }

    private void forbidServices() throws IOException {
        root.write(POLICY, FORBID_SERVICES, Mode.PROGRAM, Owner.ROOT);
    }

    /** There is no shell before the archives are there, so their preinst scripts come after them. */
    private void first(List<DebPackage> wave, Claims claims, String dpkgVersion, Progress.Task task)
            throws IOException {
        List<UnpackedPackage> unpacked = unpack(wave, claims, task);
        forbidServices();
        try (var writer = new TreeWriter(root)) {
            database.writeControlFiles(wave, writer);
            if (claims.takeConflict().isPresent()) {
                unpackByDpkg(wave);
            } else {
                database.addUnpacked(unpacked, writer);
                Triggers.read(root).addInterests(wave);
                dpkg.preinst(preinstOrder(wave), dpkgVersion);
            }
        }
        dpkg.configurePending(task);
    }

    private void later(List<DebPackage> wave, Claims claims, String dpkgVersion, Progress.Task task)
            throws IOException {
        try (var writer = new TreeWriter(root)) {
            database.writeControlFiles(wave, writer);
            dpkg.preinst(wave, dpkgVersion);
            List<UnpackedPackage> unpacked = unpack(wave, claims, task);
            if (claims.takeConflict().isPresent()) {
                unpackByDpkg(wave);
            } else {
                database.addUnpacked(unpacked, writer);
                Triggers triggers = Triggers.read(root);
                triggers.addInterests(wave);
                triggers.activate(unpacked);
            }
        }
        dpkg.configurePending(task);
    }

    private List<UnpackedPackage> unpack(List<DebPackage> wave, Claims claims, Progress.Task task) throws IOException {
        return new WaveUnpacker(root, claims).unpack(wave, task);
    }

    /**
     * Where packages share files: dpkg, which does not know these packages yet, unpacks them over what is there, decides who
     * owns what, or refuses. Their preinst scripts run once more, for which policy wants them to be prepared.
     */
    private void unpackByDpkg(List<DebPackage> wave) throws IOException {
        String folder = ".stencil-packages";
        root.makeDirectory(folder, Mode.SECRET_DIRECTORY, Owner.ROOT);
        try {
            List<String> inside = new ArrayList<>();
            for (DebPackage one : wave) {
                String name = folder + "/" + one.name() + "_" + one.arch() + ".deb";
                root.copyIn(one.archive(), name, Mode.SECRET, Owner.ROOT);
                inside.add("/" + name);
            }
            dpkg.unpack(inside);
        } finally {
            root.deleteTree(folder);
        }
    }

    /** base-passwd makes the users that others' scripts may name. */
    private static List<DebPackage> preinstOrder(List<DebPackage> wave) {
        List<DebPackage> ordered = new ArrayList<>(wave);
        ordered.sort((a, b) ->
                Boolean.compare(!a.name().equals("base-passwd"), !b.name().equals("base-passwd")));
        return ordered;
    }

    private static String dpkgVersion(List<DebPackage> packages) {
        return packages.stream()
                .filter(one -> one.name().equals("dpkg"))
                .map(one -> one.file().name().version())
                .findFirst()
                .orElse("1.0");
    }

    private static String dpkgVersionIn(List<Paragraph> installed) {
        return installed.stream()
                .filter(one -> one.require("Package").equals("dpkg"))
                .map(one -> one.require("Version"))
                .findFirst()
                .orElse("1.0");
    }

    private void requireInstalled(int count) throws IOException {
        InstalledRoot now = InstalledRoot.read(root.path());
        List<Paragraph> all = Paragraph.parseAll(now.status());
        List<String> unfinished = all.stream()
                .filter(one -> !one.get("Status").orElse("").equals("install ok installed"))
                .map(one -> one.get("Package").orElse("?") + " ("
                        + one.get("Status").orElse("?") + ")")
                .toList();
        if (!unfinished.isEmpty() || all.size() != count) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER,
                    unfinished.isEmpty()
                            ? "dpkg knows " + all.size() + " packages where " + count + " were unpacked"
                            : "dpkg left packages unfinished: " + String.join(", ", unfinished));
        }
    }
}
