package dev.stencil.packages.rpm;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.nio.file.Path;

/** What went wrong while packages were put into a root; a full disk has a fault of its own, whoever met it. */
final class RpmFailure {
    private RpmFailure() {}

    static StencilException in(Path root, Exception cause) {
        return new StencilException(
                isDiskFull(cause) ? Fault.NO_SPACE : Fault.PACKAGE_MANAGER,
                "Cannot make a system in " + root + ": " + cause.getMessage(),
                cause);
    }

    /** A failure that has been told already, unless it is about a full disk. */
    static StencilException told(Path root, StencilException failure) {
        return isDiskFull(failure) ? in(root, failure) : failure;
    }

    private static boolean isDiskFull(Exception cause) {
        return String.valueOf(cause.getMessage()).contains("No space left on device");
    }
}
