package dev.stencil.container.applications;

import java.util.function.Supplier;

/** Does work that a signal must not stop half-way; the signal takes effect after it (spec vzpkg 9.2). */
@FunctionalInterface
public interface Uninterrupted {
    <T> T run(Supplier<T> work);
}
