package dev.stencil.container;

import dev.stencil.host.Progress;
import dev.stencil.image.AppcacheSelection;
import dev.stencil.image.CacheResult;

/** Makes a cache with applications that is missing. */
@FunctionalInterface
public interface AppcacheSource {
    CacheResult create(AppcacheSelection selection, Progress progress);
}
