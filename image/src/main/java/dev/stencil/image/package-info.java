/**
 * Caches: building a template's root, immutable generations made of layers, commit and clean-up. Start reading at
 * {@code CacheService}. This room never hears of a container's configuration. Beside it: {@code layer}, what generations are stacked
 * from; {@code cleaning}, what is taken out of trees; {@code lock}, what caches are made from; {@code tree}, how trees are read, told apart and
 * written as one stream; {@code compare}, the two sides of {@code vzpkg diff}.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.image;
