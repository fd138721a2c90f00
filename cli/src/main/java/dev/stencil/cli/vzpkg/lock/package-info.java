/** {@code vzpkg lock} and its subcommands; the work is {@code image.lock.LockService}'s. */
@org.jspecify.annotations.NullMarked
package dev.stencil.cli.vzpkg.lock;
