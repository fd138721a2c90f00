package dev.stencil.container;

import java.util.List;

/**
 * What became of a change.
 *
 * @param kept keys stored that have no effect on this kernel
 * @param atNextStart keys that a running container takes up when it is started again
 */
public record SettingsResult(boolean isSaved, List<String> kept, List<String> atNextStart) {
    public SettingsResult {
        kept = List.copyOf(kept);
        atNextStart = List.copyOf(atNextStart);
    }
}
