/**
 * The commands: one class each, options in, text or JSON out, exit code. Start reading at {@code Main}; {@code Stencil}
 * puts the services together. Nothing is decided here.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.cli;
