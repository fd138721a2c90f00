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
    /** How often package lists are looked at while the lock is waited for. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private TemplateLock() {}

    static ContainerAccess.Hold shared(OsTemplate template, PackageOptions options) {
        return tryHold(template, options, FileLock::shared, WAIT).orElseThrow(() -> locked(template));
    }

    /**
     * Brings package lists up to date under the exclusive lock, which is not taken when they are: others may be at work, and
     * may bring them up to date while this waits.
     */
    static void refresh(
            OsTemplate template,
            PackageManager manager,
            PackageSource source,
            PackageOptions options,
            Progress progress) {
        long deadline = System.nanoTime() + WAIT.toNanos();
        while (manager.isRefreshDue(source, options.freshness())) {
            Duration wait = System.nanoTime() < deadline ? LOOK : Duration.ZERO;
            Optional<ContainerAccess.Hold> held = tryHold(template, options, FileLock::exclusive, wait);
            if (held.isPresent()) {
                try (var _ = held.get()) {
                    manager.refresh(source, options.freshness(), progress);
                    return;
                }
            }
            if (wait.isZero()) {
                throw locked(template);
            }
        }
    }

    private static Optional<ContainerAccess.Hold> tryHold(
            OsTemplate template, PackageOptions options, Kind kind, Duration wait) {
        if (!options.takeLocks()) {
            return Optional.of(ContainerAccess.Hold.NOTHING);
        }
        try {
            return kind.take(template.lockFile(), wait).map(lock -> () -> release(lock));
        } catch (IOException e) {
            throw new StencilException(Fault.LOCKED, "Cannot lock " + template.lockFile() + ": " + e.getMessage(), e);
        }
    }

    private static StencilException locked(OsTemplate template) {
        return new StencilException(
                Fault.LOCKED,
                "Templates in " + template.baseDirectory() + " are locked by another command (waited "
                        + WAIT.toMinutes() + " minutes). Try again when it has ended.");
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
