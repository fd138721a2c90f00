package dev.stencil.linux.oci;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a {@link Sandbox} is made.
 *
 * @param state directory for what the runtime remembers; shared by all sandboxes of an installation
 * @param hostName name the inside sees; a fully qualified one resolves to itself (postfix and ssl-cert ask)
 * @param mounts more than the usual ones, in order
 * @param isOnHostNetwork whether the inside shares the network of the host instead of having only a loopback device
 * @param clock the moment that programs inside take for now; without it, that of the host
 * @param innerRoot a directory inside that programs make their root; the clock holds there as well
 */
public record SandboxOptions(
        Path state,
        String hostName,
        List<OciMount> mounts,
        boolean isOnHostNetwork,
        Optional<Instant> clock,
        Optional<String> innerRoot) {
    public SandboxOptions {
        mounts = List.copyOf(mounts);
    }

    /** No network, {@code localhost.localdomain}, nothing of the host visible. */
    public static SandboxOptions in(Path state) {
        return new SandboxOptions(state, "localhost.localdomain", List.of(), false, Optional.empty(), Optional.empty());
    }

    public SandboxOptions hostName(String name) {
        return new SandboxOptions(state, name, mounts, isOnHostNetwork, clock, innerRoot);
    }

    public SandboxOptions mount(OciMount mount) {
        List<OciMount> all = new ArrayList<>(mounts);
        all.add(mount);
        return new SandboxOptions(state, hostName, all, isOnHostNetwork, clock, innerRoot);
    }

    /** It is always {@code time} inside, to the second. */
    public SandboxOptions clock(Instant time) {
        return new SandboxOptions(state, hostName, mounts, isOnHostNetwork, Optional.of(time), innerRoot);
    }

    /** Programs inside make {@code directory}, one of the mounts, their root. */
    public SandboxOptions innerRoot(String directory) {
        return new SandboxOptions(state, hostName, mounts, isOnHostNetwork, clock, Optional.of(directory));
    }

    public SandboxOptions onHostNetwork() {
        return new SandboxOptions(state, hostName, mounts, true, clock, innerRoot);
    }
}
