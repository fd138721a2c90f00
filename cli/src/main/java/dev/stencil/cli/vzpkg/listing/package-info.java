/** {@code vzpkg list} and {@code vzpkg info}: what is asked for, the rows or fields, and their text and JSON forms. */
@org.jspecify.annotations.NullMarked
package dev.stencil.cli.vzpkg.listing;
