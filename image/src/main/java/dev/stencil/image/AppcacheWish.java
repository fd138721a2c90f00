package dev.stencil.image;

import java.util.List;
import java.util.Optional;

/**
 * A system with applications that somebody wants a cache of.
 *
 * @param template OS template as typed; absent when neither the command line nor a sample names one
 * @param applications as typed, with or without a leading dot, in the order they are to be installed
 * @param isAllowed whether caches may hold applications at all: {@code GOLDEN_IMAGE} of vz.conf and of the sample
 */
public record AppcacheWish(Optional<String> template, List<String> applications, boolean isAllowed) {
    public AppcacheWish {
        applications = List.copyOf(applications);
    }
}
