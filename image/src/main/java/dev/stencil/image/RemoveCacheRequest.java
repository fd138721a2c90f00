package dev.stencil.image;

/** Remove the cache of an OS template; with {@code checkOnly} only tell what would go. */
public record RemoveCacheRequest(String template, CacheOptions options) {}
