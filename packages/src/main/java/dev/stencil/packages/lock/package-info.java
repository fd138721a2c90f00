/**
 * Locks: text files that name every input of a file system exactly, so that it can be built again without a solver. Start
 * reading at {@link dev.stencil.packages.lock.Lock}. This folder knows what a lock says and how two of them differ; not
 * where locks lie, how one is made from a template, or how something is built from it.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.packages.lock;
