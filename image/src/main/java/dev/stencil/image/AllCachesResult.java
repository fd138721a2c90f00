package dev.stencil.image;

import dev.stencil.host.StencilException;
import java.util.List;

/**
 * How a run over all base OS templates ended.
 *
 * @param failures one for each template that could not be made; the others were made all the same
 */
public record AllCachesResult(List<CacheResult> done, List<Failed> failures) {
    public AllCachesResult {
        done = List.copyOf(done);
        failures = List.copyOf(failures);
    }

    public record Failed(String template, StencilException failure) {}
}
