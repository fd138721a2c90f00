/**
 * What is written about a container: its id and name, the values of its configuration and their grammar, and where the
 * configuration lies. Start reading at {@link dev.stencil.container.config.ContainerConfigs}. Knows nothing of running
 * containers.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.container.config;
