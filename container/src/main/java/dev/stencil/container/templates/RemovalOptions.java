package dev.stencil.container.templates;

/**
 * How {@code remove template} goes about it.
 *
 * @param force remove it although something uses it
 * @param checkOnly only tell whether it could be removed
 * @param sharedArea the template area may be on a network file system
 */
public record RemovalOptions(boolean force, boolean checkOnly, boolean sharedArea) {}
