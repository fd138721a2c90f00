/** {@code vzpkg diff}. */
@org.jspecify.annotations.NullMarked
package dev.stencil.cli.vzpkg.diff;
