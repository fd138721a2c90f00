/**
 * How two states of systems differ, in packages and files: locks, generations of caches, containers. Start reading at
 * {@link dev.stencil.image.compare.StateDifference}.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.image.compare;
