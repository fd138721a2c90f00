package dev.stencil.packages;

/**
 * What the distribution's own tool takes for an empty root, and what the package lists say about it.
 *
 * @param resolution the packages
 * @param offers which repositories offer them
 * @param relations how they depend on each other
 */
public record Choice(Resolution resolution, Offers offers, PackageRelations relations) {}
