/**
 * The commands: options in, text or JSON out, exit code. Nothing is decided here.
 *
 * <p>Start reading at {@link dev.stencil.cli.Main}: it picks the {@link dev.stencil.cli.Tool} ({@code vzpkg},
 * {@code vzctl}, {@code prlctl}, {@code vzlist}) by the name it was called with, and {@link dev.stencil.cli.Dispatcher}
 * finds, parses and runs one {@link dev.stencil.cli.Command} of its table. {@link dev.stencil.cli.Stencil} puts the
 * services together; it is the only class that does.
 *
 * <p>Conventions of all commands:
 *
 * <ul>
 *   <li>One class per command, in the folder of its tool, listed in that tool's table. Only the chosen one is made.
 *   <li>Options are declared through {@link dev.stencil.cli.Syntax} and read through {@link dev.stencil.cli.Arguments}.
 *       They may stand between operands, {@code --} ends them, long ones may be shortened, short ones joined, and of
 *       repeated ones the last counts, as with {@code getopt_long(3)}.
 *   <li>Data goes to standard output, everything else to standard error; {@code --json} writes the data as JSON.
 *   <li>A failure is a {@link dev.stencil.host.StencilException}; {@code Dispatcher} prints it and the tool gives its
 *       fault an exit code. {@code USAGE} and {@code BAD_VALUE} raised while parsing come with the usage.
 *   <li>SIGINT, SIGTERM and SIGHUP interrupt the main thread, wait until it has cleaned up, and end with 128 + signal.
 *       Work that must not stop half-way is wrapped in {@link dev.stencil.cli.Interruption#hold}.
 * </ul>
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.cli;
