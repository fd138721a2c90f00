/**
 * Manual pages and shell completions, made from what {@code --help} is made from: the tools' command tables and the commands'
 * {@code spec()}. Start at {@link dev.stencil.cli.manual.Documents}, which the build runs. What a page says beyond that (examples,
 * files) lies in the resources below {@code manual/} and is read by {@link dev.stencil.cli.manual.PageText}.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.cli.manual;
