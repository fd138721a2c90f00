package dev.stencil.container.guest;

import dev.stencil.container.config.IpAddress;
import java.io.IOException;

/** systemd-networkd; source: systemd.network(5). The name sorts before the stock {@code 80-container-host0.network}. */
record Networkd() implements NetworkFiles {
    private static final String FILE = "etc/systemd/network/10-stencil-" + GuestIdentity.DEVICE + ".network";

    @Override
    public boolean isUsedBy(GuestFiles files) throws IOException {
        return Services.isEnabled(files, "systemd-networkd");
    }

    @Override
    public void write(GuestFiles files, GuestIdentity identity) throws IOException {
        if (identity.addresses().isEmpty()) {
            files.delete(FILE);
        } else {
            files.put(FILE, content(identity));
        }
    }

    /** KeepConfiguration: the addresses that the host has set survive a stop of networkd. */
    private static String content(GuestIdentity identity) {
        var text = new StringBuilder(
                "# Written by Stencil at each start.\n[Match]\nName=" + GuestIdentity.DEVICE + "\n\n"
                        + "[Network]\nLinkLocalAddressing=no\nIPv6AcceptRA=no\nKeepConfiguration=yes\nConfigureWithoutCarrier=yes\n");
        for (IpAddress address : identity.addresses()) {
            text.append("Address=").append(address.host()).append(address.isV6() ? "/128\n" : "/32\n");
        }
        if (!identity.v4().isEmpty()) {
            text.append("\n[Route]\nGateway=").append(GuestIdentity.GATEWAY).append("\nGatewayOnLink=yes\n");
        }
        if (!identity.v6().isEmpty()) {
            text.append("\n[Route]\nGateway=").append(GuestIdentity.GATEWAY_V6).append("\nGatewayOnLink=yes\n");
        }
        return text.toString();
    }
}
