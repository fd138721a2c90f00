package dev.stencil.linux;

/** Numeric user and group of a file, as seen from the host. */
public record Owner(int uid, int gid) {
    public static final Owner ROOT = new Owner(0, 0);

    /** The owner that this one is seen as when ids are shifted up by {@code base}. */
    public Owner shiftedBy(int base) {
        return new Owner(uid + base, gid + base);
    }
}
