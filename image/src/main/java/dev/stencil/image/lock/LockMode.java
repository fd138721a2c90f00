package dev.stencil.image.lock;

/** What a caller asks for when a cache is made. */
public enum LockMode {
    /** As this host is configured: {@link LockPolicy}. */
    BY_HOST,
    /** From the template's lock, which must be there: {@code --locked}. */
    LOCKED,
    /** From the newest packages, whatever locks there are: {@code --unlocked}. */
    UNLOCKED,
    /** A new lock is made first and used then: {@code --relock}. */
    RELOCK
}
