package dev.stencil.packages;

import java.util.function.BooleanSupplier;

/** When package lists are fetched from the network (spec vzpkg 6.8). */
public enum Freshness {
    /** Never: {@code -C}. */
    LOCAL_ONLY,
    /** When older than {@code METADATA_EXPIRE} or missing. */
    WHEN_EXPIRED,
    /** Always: {@code -r}. */
    ALWAYS;

    /** Whether lists are to be fetched now; {@code isExpired} is asked only where it matters. */
    public boolean isDue(BooleanSupplier isExpired) {
        return switch (this) {
            case LOCAL_ONLY -> false;
            case WHEN_EXPIRED -> isExpired.getAsBoolean();
            case ALWAYS -> true;
        };
    }
}
