package dev.stencil.host;

/** Which Stencil this is. */
public final class Release {
    /** As in the POM. Recorded in whatever it makes. */
    public static final String VERSION = "0.1.0";

    private Release() {}
}
