package dev.stencil.packages.deb;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Mode;
import dev.stencil.linux.Owner;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.Root;
import dev.stencil.packages.AmendHooks;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Changes packages of a system that is not running, by its own dpkg in a sandbox. No service starts meanwhile; a system that
 * brings its own {@code policy-rc.d} gets it back. Source: invoke-rc.d(8).
 */
final class RootAmendment {
    private static final String POLICY = "usr/sbin/policy-rc.d";
    private static final String FORBID_SERVICES = "#!/bin/sh\nexit 101\n";
    /** States of dpkg(1) in which nothing waits to be done. */
    private static final List<String> SETTLED = List.of("installed", "config-files", "not-installed");

    private final Root root;
    private final ProgramRunner sandbox;
    private final DpkgTransaction transaction;
    private final AmendHooks hooks;

    RootAmendment(Root root, ProgramRunner sandbox, DpkgTransaction transaction, AmendHooks hooks) {
        this.root = root;
        this.sandbox = sandbox;
        this.transaction = transaction;
        this.hooks = hooks;
    }

    void carryOut(Resolution plan, Progress progress) throws IOException {
        Optional<byte[]> own = root.read(POLICY);
        root.write(POLICY, FORBID_SERVICES, Mode.PROGRAM, Owner.ROOT);
        hooks.before(sandbox);
        transaction.carryOut(plan, progress);
        hooks.after(sandbox);
        if (own.isPresent()) {
            root.write(POLICY, own.get(), Mode.PROGRAM, Owner.ROOT);
        } else if (root.status(POLICY).isPresent()) {
            root.delete(POLICY);
        }
        requireSettled();
    }

    private void requireSettled() throws IOException {
        List<String> unfinished = Paragraph.parseAll(
                        InstalledRoot.read(root.path()).status())
                .stream()
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
