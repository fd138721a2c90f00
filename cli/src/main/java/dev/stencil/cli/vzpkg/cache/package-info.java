/** {@code vzpkg create cache}, {@code update cache} and {@code remove cache}; the work is {@code image.CacheService}'s. */
@org.jspecify.annotations.NullMarked
package dev.stencil.cli.vzpkg.cache;
