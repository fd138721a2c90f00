/** How {@link dev.stencil.host.Progress} is shown: bars on a terminal, lines in a pipe, the descriptor protocol for programs. */
@org.jspecify.annotations.NullMarked
package dev.stencil.cli.progress;
