package dev.stencil.packages.deb;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.Root;
import dev.stencil.packages.AmendHooks;
import dev.stencil.packages.BuildHooks;
import dev.stencil.packages.BuildStage;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Changes packages of a system that is not running. Packages that are all new come in waves, as into a new root; what
 * replaces or removes others is done by the system's own dpkg, in the order that apt would use. No service starts meanwhile; a
 * system that brings its own {@code policy-rc.d} gets it back. Source: invoke-rc.d(8).
 */
final class RootAmendment {
    private static final String POLICY = "usr/sbin/policy-rc.d";
    private static final String FORBID_SERVICES = "#!/bin/sh\nexit 101\n";
    private static final String INSTALLED = "install ok installed";
    /** States of dpkg(1) in which nothing waits to be done. */
    private static final List<String> SETTLED = List.of("installed", "config-files", "not-installed");

    private final Root root;
    private final ProgramRunner sandbox;
    private final Map<String, String> environment;
    private final Function<PackageFile, Path> stored;
    private final AmendHooks hooks;

    /**
     * @param environment variables for dpkg and the scripts of packages
     * @param stored where the package store keeps a fetched file
     */
    RootAmendment(
            Root root,
            ProgramRunner sandbox,
            Map<String, String> environment,
            Function<PackageFile, Path> stored,
            AmendHooks hooks) {
        this.root = root;
        this.sandbox = sandbox;
        this.environment = environment;
        this.stored = stored;
        this.hooks = hooks;
    }

    /** Carries {@code plan} out the quickest way that is exact. */
    void carryOut(Resolution plan, Progress progress) throws IOException {
        around(() -> {
            if (isOnlyNew(plan)) {
                inWaves(plan, progress);
            } else {
                byDpkg(plan, progress);
            }
        });
    }

    /** Carries {@code plan} out by dpkg alone, whatever it is. */
    void carryOutByDpkg(Resolution plan, Progress progress) throws IOException {
        around(() -> byDpkg(plan, progress));
    }

    private interface Packages {
        void change() throws IOException;
    }

    private void around(Packages packages) throws IOException {
        Optional<byte[]> own = root.read(POLICY);
        forbidServices();
        hooks.before(sandbox);
        packages.change();
        forbidServices();
        hooks.after(sandbox);
        if (own.isPresent()) {
            root.write(POLICY, own.get(), Mode.PROGRAM, Owner.ROOT);
        } else if (root.status(POLICY).isPresent()) {
            root.delete(POLICY);
        }
        requireSettled();
    }

    private void forbidServices() throws IOException {
        root.write(POLICY, FORBID_SERVICES, Mode.PROGRAM, Owner.ROOT);
    }

    /** Whether nothing that is there changes: no name of {@code plan} is known in any state, and nothing is half-way. */
    private boolean isOnlyNew(Resolution plan) throws IOException {
        if (!plan.remove().isEmpty() || !plan.replaced().isEmpty()) {
            return false;
        }
        Set<String> known = new HashSet<>();
        for (Paragraph one : paragraphs()) {
            if (!one.get("Status").orElse("").equals(INSTALLED)) {
                return false;
            }
            known.add(one.require("Package"));
        }
        return plan.install().stream()
                .noneMatch(file -> known.contains(file.name().name()));
    }

    private void inWaves(Resolution plan, Progress progress) throws IOException {
        if (plan.install().isEmpty()) {
            return;
        }
        List<DebPackage> packages = new ArrayList<>();
        for (PackageFile file : plan.install()) {
            packages.add(DebPackage.read(file, stored.apply(file)));
        }
        var builder = new RootBuilder(
                root, sandbox, new InsideDpkg(sandbox, environment), new NoScripts(hooks.clock()), progress);
        builder.proceed(new BuildStage(2, plan.install()), packages);
        AutomaticMarks.add(root, Owner.ROOT, plan);
    }

    private void byDpkg(Resolution plan, Progress progress) {
        new DpkgTransaction(new SandboxedRoot(root.path(), sandbox), environment, stored).carryOut(plan, progress);
    }

    /** The scripts of templates run around the packages here, not among them. */
    private record NoScripts(Instant clock) implements BuildHooks {
        @Override
        public void beforePackages(Path root) {}

        @Override
        public void afterBootstrap(Path root, ProgramRunner inside) {}

        @Override
        public void afterPackages(Path root, ProgramRunner inside) {}
    }

    private List<Paragraph> paragraphs() throws IOException {
        return Paragraph.parseAll(InstalledRoot.read(root.path()).status());
    }

    private void requireSettled() throws IOException {
        List<String> unfinished = paragraphs().stream()
                .filter(one -> !SETTLED.contains(state(one)))
                .map(one -> one.get("Package").orElse("?") + " (" + state(one) + ")")
                .toList();
        if (!unfinished.isEmpty()) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, "dpkg left packages unfinished: " + String.join(", ", unfinished));
        }
    }

    private static String state(Paragraph one) {
        String status = one.get("Status").orElse("");
        return status.substring(status.lastIndexOf(' ') + 1);
    }
}
