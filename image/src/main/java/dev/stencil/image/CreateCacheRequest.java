package dev.stencil.image;

/**
 * Make the cache of an OS template.
 *
 * @param template as typed: a leading dot and a missing architecture are understood
 * @param force make a new generation even when there is one
 */
public record CreateCacheRequest(String template, boolean force, CacheOptions options) {}
