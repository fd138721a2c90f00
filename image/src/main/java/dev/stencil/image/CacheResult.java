package dev.stencil.image;

import dev.stencil.packages.Resolution;
import java.time.Duration;

/** How making a cache ended, when it did not fail. */
public sealed interface CacheResult {
    /** Full name of the OS template. */
    String template();

    /** There is a new current generation. */
    record Built(Generation generation, int packages, long sizeBytes, Duration elapsed) implements CacheResult {
        @Override
        public String template() {
            return generation.template();
        }
    }

    /** All that would be built is what is there already; the present generation stays in force. */
    record Unchanged(Generation generation) implements CacheResult {
        @Override
        public String template() {
            return generation.template();
        }
    }

    /** There was a cache and no {@code --force}; nothing was done. */
    record AlreadyExists(Generation generation) implements CacheResult {
        @Override
        public String template() {
            return generation.template();
        }
    }

    /** {@code -n}: this would be installed. */
    record Checked(String template, Resolution plan) implements CacheResult {}

    /** {@code -n} where there is a cache already: this would come into it or go. */
    record CheckedChange(String template, Resolution plan) implements CacheResult {}
}
