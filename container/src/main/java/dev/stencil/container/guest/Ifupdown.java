package dev.stencil.container.guest;

import dev.stencil.container.config.IpAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ifupdown of Debian; source: interfaces(5). A file in {@code interfaces.d} where the main file reads that directory, else a
 * block in the main file. The method is {@code manual} with {@code ip … replace}: {@code static} fails when an address is
 * there already.
 */
record Ifupdown() implements NetworkFiles {
    private static final String MAIN = "etc/network/interfaces";
    private static final String DROP_IN = "etc/network/interfaces.d/stencil-" + GuestIdentity.DEVICE;

    @Override
    public boolean isUsedBy(GuestFiles files) throws IOException {
        return files.exists("sbin/ifup") || files.exists("usr/sbin/ifup");
    }

    @Override
    public void write(GuestFiles files, GuestIdentity identity) throws IOException {
        List<String> lines = identity.addresses().isEmpty() ? List.of() : stanzas(identity);
        Optional<String> main = files.text(MAIN);
        boolean readsDirectory = main.isEmpty() || main.get().lines().anyMatch(Ifupdown::isSourceOfDirectory);
        if (main.isEmpty() && !lines.isEmpty()) {
            files.put(MAIN, "source /etc/network/interfaces.d/*\n");
        }
        if (readsDirectory && !lines.isEmpty()) {
            files.put(DROP_IN, "# Written by Stencil at each start.\n" + String.join("\n", lines) + "\n");
        } else {
            files.delete(DROP_IN);
        }
        if (main.isPresent()) {
            files.put(MAIN, ManagedBlock.replace(main.get(), readsDirectory ? List.of() : lines));
        }
    }

    private static boolean isSourceOfDirectory(String line) {
        String[] words = line.strip().split("\\s+");
        return words.length == 2
                && ((words[0].equals("source") && words[1].equals("/etc/network/interfaces.d/*"))
                        || (words[0].equals("source") && words[1].equals("interfaces.d/*"))
                        || (words[0].equals("source-directory") && words[1].endsWith("interfaces.d")));
    }

    private static List<String> stanzas(GuestIdentity identity) {
        String device = GuestIdentity.DEVICE;
        List<String> lines = new ArrayList<>(List.of("auto " + device, "iface " + device + " inet manual"));
        lines.add("    up ip link set " + device + " up");
        for (IpAddress address : identity.v4()) {
            lines.add("    up ip address replace " + address.host() + "/32 dev " + device);
        }
        if (!identity.v4().isEmpty()) {
            lines.add("    up ip route replace default via " + GuestIdentity.GATEWAY + " dev " + device + " onlink");
        }
        for (IpAddress address : identity.v6()) {
            lines.add("    up ip -6 address replace " + address.host() + "/128 dev " + device + " nodad");
        }
        if (!identity.v6().isEmpty()) {
            lines.add("    up ip -6 route replace default via " + GuestIdentity.GATEWAY_V6 + " dev " + device
                    + " onlink");
        }
        return lines;
    }
}
