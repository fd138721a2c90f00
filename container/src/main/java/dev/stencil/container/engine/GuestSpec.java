package dev.stencil.container.engine;

import dev.stencil.linux.oci.OciIsolation;
import dev.stencil.linux.oci.OciMount;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a guest is made of.
 *
 * @param id name of the guest on this host: the CTID or UUID of its container
 * @param root its mounted file system on the host; the monitor unmounts it when the guest ends
 * @param identity how the guest knows itself
 * @param ids numbers on the host of its users and groups; empty is the explicit opt-in to a guest without a user namespace,
 *     which never has CAP_SYS_ADMIN
 * @param addresses its routed addresses; empty means a network with a loopback device alone
 * @param mounts more than the usual ones
 * @param mayReboot whether a reboot inside starts it again (ALLOWREBOOT); else it ends like a power-off
 */
public record GuestSpec(
        String id,
        Path root,
        Identity identity,
        Optional<OciIsolation.Ids> ids,
        List<InetAddress> addresses,
        GuestLimits limits,
        List<OciMount> mounts,
        boolean mayReboot) {

    /**
     * How a guest knows itself.
     *
     * @param uuid the machine id of a guest whose {@code /etc/machine-id} is empty
     * @param environment more variables for its init (VE_ENVIRONMENT)
     */
    public record Identity(String hostName, UUID uuid, Map<String, String> environment) {
        public Identity {
            environment = Map.copyOf(environment);
        }
    }

    public GuestSpec {
        addresses = List.copyOf(addresses);
        mounts = List.copyOf(mounts);
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException("not the id of a guest: " + id);
        }
    }

    /** A guest in a user namespace, without network, limits and extras; it may reboot. */
    public static GuestSpec of(String id, Path root, Identity identity, OciIsolation.Ids ids) {
        return new GuestSpec(id, root, identity, Optional.of(ids), List.of(), GuestLimits.NONE, List.of(), true);
    }

    public GuestSpec addresses(List<InetAddress> routed) {
        return new GuestSpec(id, root, identity, ids, routed, limits, mounts, mayReboot);
    }

    public GuestSpec limits(GuestLimits newLimits) {
        return new GuestSpec(id, root, identity, ids, addresses, newLimits, mounts, mayReboot);
    }

    public GuestSpec mounts(List<OciMount> more) {
        return new GuestSpec(id, root, identity, ids, addresses, limits, more, mayReboot);
    }

    /** The opt-in to root being the host's root, with few capabilities. */
    public GuestSpec privileged() {
        return new GuestSpec(id, root, identity, Optional.empty(), addresses, limits, mounts, mayReboot);
    }

    public GuestSpec mayReboot(boolean allowed) {
        return new GuestSpec(id, root, identity, ids, addresses, limits, mounts, allowed);
    }
}
