package dev.stencil.image.lock;

import dev.stencil.packages.lock.Lock;
import java.nio.file.Path;
import java.util.Optional;

/** How making a lock ended. */
public sealed interface LockResult {
    /** The lock that is in the file now. */
    Lock lock();

    /** Where it lies. */
    Path file();

    /** A new revision was written to {@code file}. */
    record Written(Lock lock, Optional<Lock> previous, Path file) implements LockResult {}

    /** The same files, lists and packages: nothing was written. */
    record Unchanged(Lock lock, Path file) implements LockResult {}
}
