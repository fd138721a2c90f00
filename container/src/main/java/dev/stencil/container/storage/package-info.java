/**
 * Mounting a container's root: shared layers below, its own changes above. Start reading at
 * {@link dev.stencil.container.storage.ContainerMounts}.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.container.storage;
