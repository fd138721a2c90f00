package dev.stencil.packages;

import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.oci.OciRuntime;
import dev.stencil.linux.oci.Sandbox;
import dev.stencil.linux.oci.SandboxOptions;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the sandboxes that scripts of packages run in while a root is built. */
public interface Sandboxes {
    /** A sandbox for {@code root}; the caller closes it. */
    Sandbox open(Path root) throws IOException;

    /** By the OCI runtime of this host, which keeps what it remembers in {@code state}. */
    static Sandboxes in(Path state, ProgramRunner host) {
        return root -> Sandbox.open(OciRuntime.find(), host, root, SandboxOptions.in(state));
    }
}
