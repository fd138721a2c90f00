package dev.stencil.packages;

import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.oci.OciRuntime;
import dev.stencil.linux.oci.Sandbox;
import dev.stencil.linux.oci.SandboxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Makes the sandboxes that scripts of packages run in while a root is built. */
public interface Sandboxes {
    /** A sandbox for {@code root} in which it is always {@code clock}; the caller closes it. */
    Sandbox open(Path root, Instant clock) throws IOException;

    /** By the OCI runtime of this host, which keeps what it remembers in {@code state}. */
    static Sandboxes in(Path state, ProgramRunner host) {
        return (root, clock) -> Sandbox.open(
                OciRuntime.find(), host, root, SandboxOptions.in(state).clock(clock));
    }
}
