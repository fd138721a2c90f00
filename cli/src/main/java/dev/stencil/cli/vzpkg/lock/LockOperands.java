package dev.stencil.cli.vzpkg.lock;

/** How locks are named on the command line. */
final class LockOperands {
    static final String WHAT =
            "A lock: a file, OST (the newest one, or that of its cache), OST@rN, OST@cache, OST@CHANNEL;"
                    + " OST+APP with applications.";

    private LockOperands() {}
}
