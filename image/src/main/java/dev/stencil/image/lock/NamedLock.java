package dev.stencil.image.lock;

import dev.stencil.packages.lock.Lock;
import java.nio.file.Path;

/**
 * A lock that somebody named.
 *
 * @param name as it was called
 * @param file where it lies
 */
public record NamedLock(String name, Path file, Lock lock) {}
