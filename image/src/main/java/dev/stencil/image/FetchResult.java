package dev.stencil.image;

import dev.stencil.host.StencilException;
import java.util.List;

/**
 * What {@code vzpkg fetch} found for each template.
 *
 * @param failures those that could not be fetched; empty unless the request was to go on
 */
public record FetchResult(List<Fetched> fetched, List<Failed> failures) {
    public FetchResult {
        fetched = List.copyOf(fetched);
        failures = List.copyOf(failures);
    }

    /** A template, of which all packages are in the store now. For an application those of its system count as well. */
    public record Fetched(String template, int packages, long sizeBytes) {}

    /** A template of which not all packages are there. */
    public record Failed(String template, StencilException failure) {}
}
