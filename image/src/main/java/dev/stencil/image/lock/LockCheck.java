package dev.stencil.image.lock;

import dev.stencil.packages.lock.Lock;

/**
 * A template's lock beside the one that would be made now.
 *
 * @param present what is in the file
 * @param newest not written anywhere
 */
public record LockCheck(Lock present, Lock newest) {
    /** Whether a new lock would be another one: newer packages, or other files of the template. */
    public boolean isStale() {
        return !LockService.isSame(present, newest, false);
    }
}
