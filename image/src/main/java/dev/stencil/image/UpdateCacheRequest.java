package dev.stencil.image;

/** Make the cache of an OS template anew from the newest packages; the old one stays in force until the new one is ready. */
public record UpdateCacheRequest(String template, CacheOptions options) {}
