/**
 * Booting system containers: namespaces, limits, init, its monitor, commands inside, stopping.
 *
 * <p>Start reading at {@link dev.stencil.container.engine.Engine}. What runs is known from
 * {@code /run/stencil/guests}, where each guest has a directory with its bundle and the two short scripts that start and
 * end it. Private areas and configurations are unknown here.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.container.engine;
