package dev.stencil.container.applications;

import dev.stencil.image.CacheSubject;
import dev.stencil.image.lock.LockMode;
import dev.stencil.packages.lock.Lock;
import java.util.Optional;

/** Which locks this host follows. */
@FunctionalInterface
public interface TemplateLocks {
    /** A host without locks. */
    TemplateLocks NONE = (subject, mode) -> Optional.empty();

    /**
     * The lock that an existing system of {@code subject} is to follow; empty when it takes the newest packages.
     *
     * @throws dev.stencil.host.StencilException {@code LOCK_REQUIRED}, {@code LOCK_DAMAGED}, {@code STALE}
     */
    Optional<Lock> toFollow(CacheSubject subject, LockMode mode);
}
