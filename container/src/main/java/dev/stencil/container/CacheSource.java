package dev.stencil.container;

import dev.stencil.host.Progress;
import dev.stencil.image.CacheResult;
import dev.stencil.image.CreateCacheRequest;

/** Makes a cache that is missing. */
@FunctionalInterface
public interface CacheSource {
    CacheResult create(CreateCacheRequest request, Progress progress);
}
