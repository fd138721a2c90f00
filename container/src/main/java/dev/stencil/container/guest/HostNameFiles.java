package dev.stencil.container.guest;

import dev.stencil.container.config.HostName;
import java.io.IOException;
import java.util.List;

/** {@code /etc/hostname} and our line in {@code /etc/hosts}; sources: hostname(5), hosts(5), spec vzctl 5.5. */
final class HostNameFiles {
    private static final String EMPTY_HOSTS =
            """
            127.0.0.1 localhost
            ::1 localhost ip6-localhost ip6-loopback
            """;

    private HostNameFiles() {}

    static void write(GuestFiles files, GuestIdentity identity) throws IOException {
        if (identity.hostName().isEmpty()) {
            return;
        }
        HostName name = identity.hostName().get();
        files.put("etc/hostname", name + "\n");
        if (files.exists("etc/HOSTNAME")) {
            files.put("etc/HOSTNAME", name + "\n");
        }
        String hosts = files.text("etc/hosts").filter(text -> !text.isBlank()).orElse(EMPTY_HOSTS);
        files.put("etc/hosts", ManagedBlock.replace(hosts, List.of(line(name, identity))));
    }

    /** 127.0.1.1 when the guest has no address: its name resolves, and localhost keeps its own (Debian reference 5.1.1). */
    private static String line(HostName name, GuestIdentity identity) {
        String address = identity.addresses().isEmpty()
                ? "127.0.1.1"
                : identity.addresses().getFirst().host();
        String alias = name.shortName().equals(name.text()) ? "" : " " + name.shortName();
        return address + " " + name + alias;
    }
}
