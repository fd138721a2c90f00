/** The commands of {@code vzlist}, one class each; the table is {@code Vzlist}. */
@org.jspecify.annotations.NullMarked
package dev.stencil.cli.vzlist;
