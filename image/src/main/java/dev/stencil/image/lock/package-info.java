/**
 * Locks in use: where they lie beside a template ({@link dev.stencil.image.lock.LockStore}), how one is made from what the
 * package manager chose, how a cache is made from one without asking it, and the work behind {@code vzpkg lock}
 * ({@link dev.stencil.image.lock.LockService}, where to start reading). The format is {@code packages.lock}'s.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.image.lock;
