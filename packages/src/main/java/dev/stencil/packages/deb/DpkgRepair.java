package dev.stencil.packages.deb;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Errno;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Kernel;
import dev.stencil.linux.Root;
import dev.stencil.packages.PackageDrop;
import dev.stencil.packages.Target;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
        long deadline = System.nanoTime() + wait.toNanos();
        try (Root root = Root.open(path)) {
            while (isAnyHeld(root)) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                Thread.sleep(100);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a dpkg that still runs", e);
        }
    }

    private static boolean isAnyHeld(Root root) throws IOException {
        for (String lock : LOCKS) {
            if (isHeld(root, lock)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHeld(Root root, String lock) throws IOException {
        int descriptor;
        try {
            descriptor = Kernel.openat2(root.descriptor(), lock, Kernel.O_PATH, 0, Kernel.RESOLVE_IN_ROOT);
        } catch (Errno e) {
            if (e.number() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
        try {
            if (!Kernel.statx(descriptor, "", Kernel.AT_EMPTY_PATH).isRegular()) {
                return false;
            }
            try (FileChannel file =
                    FileChannel.open(Path.of("/proc/self/fd/" + descriptor), StandardOpenOption.WRITE)) {
                return file.tryLock() == null;
            }
        } finally {
            Kernel.close(descriptor);
        }
    }
}
