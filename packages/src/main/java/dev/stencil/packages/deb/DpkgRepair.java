package dev.stencil.packages.deb;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Root;
import dev.stencil.packages.DatabaseLocks;
import dev.stencil.packages.PackageDrop;
import dev.stencil.packages.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Sets right what a killed run left: waits for a dpkg that still runs, and has every package that was unpacked configured.
 * Source: dpkg(1), {@code --configure --pending}; lib/dpkg/dbmodify.c for the locks.
 */
final class DpkgRepair {
    private static final List<String> LOCKS = List.of("var/lib/dpkg/lock-frontend", "var/lib/dpkg/lock");

    private DpkgRepair() {}

    /** Ends with every package configured, or fails with dpkg's own words. */
    static void repair(Target target, Map<String, String> environment) throws IOException {
        try (Root root = Root.open(target.root())) {
            root.deleteTree(PackageDrop.NAME);
        }
        Finished done = target.run(DpkgTransaction.unattended(environment).args("--configure", "--pending"));
        if (!done.isSuccess()) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER,
                    "dpkg could not configure what is half installed: "
                            + DpkgWords.of(done).text());
        }
    }

    /** Waits until no dpkg works in the root; a dpkg whose caller was killed goes on with what it was given. */
    static boolean awaitIdle(Path path, Duration wait) throws IOException {
        return DatabaseLocks.awaitFree(path, LOCKS, wait);
    }
}
