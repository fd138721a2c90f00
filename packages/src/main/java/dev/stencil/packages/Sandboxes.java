package dev.stencil.packages;

import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.oci.OciMount;
import dev.stencil.linux.oci.OciRuntime;
import dev.stencil.linux.oci.Sandbox;
import dev.stencil.linux.oci.SandboxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Makes the sandboxes that scripts of packages run in while a root is built. */
@FunctionalInterface
public interface Sandboxes {
    /** A sandbox for {@code root} in which it is always {@code clock}; {@code mounts} lie in it, in order. The caller closes it. */
    Sandbox open(Path root, Instant clock, List<OciMount> mounts) throws IOException;

    /** With nothing of the host in it. */
    default Sandbox open(Path root, Instant clock) throws IOException {
        return open(root, clock, List.of());
    }

    /** By the OCI runtime of this host, which keeps what it remembers in {@code state}. */
    static Sandboxes in(Path state, ProgramRunner host) {
        return (root, clock, mounts) -> {
            SandboxOptions options = SandboxOptions.in(state).clock(clock);
            for (OciMount mount : mounts) {
                options = options.mount(mount);
            }
            return Sandbox.open(OciRuntime.find(), host, root, options);
        };
    }
}
