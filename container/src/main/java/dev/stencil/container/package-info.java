/**
 * Containers: config file, private area, engine, network, guest personalisation, package operations inside. Start reading
 * at {@code ContainerService}. This room knows nothing of command lines.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.container;
