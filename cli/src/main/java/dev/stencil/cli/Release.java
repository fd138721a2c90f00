package dev.stencil.cli;

/** What this is, for {@code --version} and the foot of manual pages. */
public final class Release {
    public static final String VERSION = "0.1.0";

    /** Day of the release, as the build's time stamp in the POM. */
    public static final String DATE = "2026-01-01";

    private Release() {}
}
