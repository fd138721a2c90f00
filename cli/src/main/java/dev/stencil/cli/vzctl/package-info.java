/** The commands of {@code vzctl}, one class each; the table is {@code Vzctl}. */
@org.jspecify.annotations.NullMarked
package dev.stencil.cli.vzctl;
