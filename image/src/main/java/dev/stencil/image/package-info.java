/**
 * Caches: building a template's root, immutable generations made of layers, commit and clean-up. Start reading at
 * {@code CacheService}. This room never hears of a container's configuration.
 */
@org.jspecify.annotations.NullMarked
package dev.stencil.image;
