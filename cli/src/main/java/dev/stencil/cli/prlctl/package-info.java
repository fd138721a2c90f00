/** The commands of {@code prlctl}, one class each; the table is {@code Prlctl}. */
@org.jspecify.annotations.NullMarked
package dev.stencil.cli.prlctl;
