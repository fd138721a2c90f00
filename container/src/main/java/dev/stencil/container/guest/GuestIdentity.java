package dev.stencil.container.guest;

import dev.stencil.container.config.HostName;
import dev.stencil.container.config.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * What makes a guest this one and no other.
 *
 * @param hostName absent: the guest keeps what its files say
 * @param addresses of the routed device, the first one being the guest's own in {@code /etc/hosts}
 */
public record GuestIdentity(
        Optional<HostName> hostName, List<IpAddress> addresses, List<String> nameservers, List<String> searchDomains) {
    /** Name of the routed device inside; source: spec vzctl 5.5. */
    public static final String DEVICE = "venet0";

    /** The host's end of the link, the same for every container. */
    public static final String GATEWAY = "169.254.0.1";

    public static final String GATEWAY_V6 = "fe80::ffff:1:1";

    public GuestIdentity {
        addresses = List.copyOf(addresses);
        nameservers = List.copyOf(nameservers);
        searchDomains = List.copyOf(searchDomains);
    }

    List<IpAddress> v4() {
        return addresses.stream().filter(address -> !address.isV6()).toList();
    }

    List<IpAddress> v6() {
        return addresses.stream().filter(IpAddress::isV6).toList();
    }
}
