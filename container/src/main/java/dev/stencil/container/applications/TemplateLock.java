package dev.stencil.container.applications;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.FileLock;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageSource;
import dev.stencil.template.OsTemplate;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The lock of a distribution's templates and package lists: exclusive to change them, shared to use them (spec vzpkg 9.1). */
final class TemplateLock {
    private static final Duration WAIT = Duration.ofMinutes(10);

    private TemplateLock() {}

    static ContainerAccess.Hold shared(OsTemplate template, PackageOptions options) {
        return hold(template, options, FileLock::shared);
    }

    /** Brings package lists up to date under the exclusive lock, which is not taken when they are: others may be at work. */
    static void refresh(
            OsTemplate template,
            PackageManager manager,
            PackageSource source,
            PackageOptions options,
            Progress progress) {
        if (!manager.isRefreshDue(source, options.freshness())) {
            return;
        }
        try (var _ = hold(template, options, FileLock::exclusive)) {
            manager.refresh(source, options.freshness(), progress);
        }
    }

    private static ContainerAccess.Hold hold(OsTemplate template, PackageOptions options, Kind kind) {
        if (!options.takeLocks()) {
            return ContainerAccess.Hold.NOTHING;
        }
        try {
            FileLock lock = kind.take(template.lockFile(), WAIT)
                    .orElseThrow(() -> new StencilException(
                            Fault.LOCKED,
                            "Templates in " + template.baseDirectory() + " are locked by another command (waited "
                                    + WAIT.toMinutes() + " minutes). Try again when it has ended."));
            return () -> release(lock);
        } catch (IOException e) {
            throw new StencilException(Fault.LOCKED, "Cannot lock " + template.lockFile() + ": " + e.getMessage(), e);
        }
    }

    private static void release(FileLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot release a lock: " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Kind {
        Optional<FileLock> take(java.nio.file.Path file, Duration wait) throws IOException;
    }
}
