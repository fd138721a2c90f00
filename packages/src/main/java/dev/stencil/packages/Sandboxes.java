package dev.stencil.packages;

import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.oci.OciRuntime;
import dev.stencil.linux.oci.Sandbox;
import dev.stencil.linux.oci.SandboxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Makes the sandboxes that scripts of packages run in while a root is built. */
@FunctionalInterface
public interface Sandboxes {
    /** A sandbox for {@code root} in which it is always {@code clock}, changed by {@code more}. The caller closes it. */
    Sandbox open(Path root, Instant clock, UnaryOperator<SandboxOptions> more) throws IOException;

    /** With nothing of the host in it. */
    default Sandbox open(Path root, Instant clock) throws IOException {
        return open(root, clock, options -> options);
    }

    /** By the OCI runtime of this host, which keeps what it remembers in {@code state}. */
    static Sandboxes in(Path state, ProgramRunner host) {
        return (root, clock, more) -> Sandbox.open(
                OciRuntime.find(),
                host,
                root,
                more.apply(SandboxOptions.in(state).clock(clock)));
    }
}
