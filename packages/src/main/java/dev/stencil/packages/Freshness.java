package dev.stencil.packages;

/** When package lists are fetched from the network (spec vzpkg 6.8). */
public enum Freshness {
    /** Never: {@code -C}. */
    LOCAL_ONLY,
    /** When older than {@code METADATA_EXPIRE} or missing. */
    WHEN_EXPIRED,
    /** Always: {@code -r}. */
    ALWAYS
}
