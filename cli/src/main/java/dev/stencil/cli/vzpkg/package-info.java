/** The commands of {@code vzpkg}, one class each; the table is {@code Vzpkg}. */
@org.jspecify.annotations.NullMarked
package dev.stencil.cli.vzpkg;
