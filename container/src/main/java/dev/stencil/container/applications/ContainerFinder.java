package dev.stencil.container.applications;

/** Finds containers for package work. */
@FunctionalInterface
public interface ContainerFinder {
    /**
     * The container that a name or an id means.
     *
     * @throws dev.stencil.host.StencilException {@code CONTAINER_NAME} when nothing has that name, {@code CONTAINER_ABSENT}
     *     when an id has no container
     */
    ContainerAccess require(String nameOrId);
}
