package dev.stencil.container.network;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gives guests routed addresses, the successor of venet (spec vzctl 5.5). The guest's end is {@code venet0} with its
 * addresses as /32 and /128 and a default route to an address that each host end has; the host routes the guest's addresses
 * to the host end. No bridge, no proxy on that link.
 *
 * <p>What is to be done is written as batch files of {@code ip(8)} beside the guest, so that its monitor can do it
 * again after a reboot without us: {@code network.link} and {@code network.host}, {@code network.guest}, {@code network.down}.
 */
public final class RoutedNetwork {
    /** The guest's end. */
    public static final String DEVICE = "venet0";

    /** Next hop of the guest, on every host end. */
    public static final String GATEWAY = "169.254.0.1";

    public static final String GATEWAY_V6 = "fe80::ffff:1:1";

    /** Name of the script of {@link #connectScript}. */
    public static final String CONNECT = "connect";

    private final ProgramRunner host;

    public RoutedNetwork(ProgramRunner host) {
        this.host = host;
    }

    /** Name of the host end for the guest that is known on this host as {@code key}; at most 15 characters. */
    public static String hostDevice(String key) {
        String name = "vz" + key;
        return name.length() <= 15 ? name : "vz" + digest(key);
    }

    private static String digest(String key) {
        long sum = 0xcbf29ce484222325L; // FNV-1a, 64 bits: spreads keys that differ in one character
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            sum = (sum ^ (b & 0xFF)) * 0x100000001b3L;
        }
        return HexFormat.of().toHexDigits(sum, 12);
    }

    /** Fails when another guest, or the host itself, has one of the addresses. */
    public void requireFree(String hostDevice, List<InetAddress> addresses) throws IOException {
        for (InetAddress address : addresses) {
            for (String route :
                    ip(family(address), "-oneline", "route", "show", "table", "all", "exact", prefix(address))) {
                String device = wordAfter("dev", route);
                if (!device.equals(hostDevice)) {
                    throw new StencilException(
                            Fault.ADDRESS_IN_USE,
                            "Address " + address.getHostAddress() + " is in use on this host by device " + device
                                    + ". Choose another, or take it away there.");
                }
            }
        }
    }

    /** Writes the batch files into {@code directory}; removes them when there are no addresses. */
    public void plan(Path directory, String hostDevice, List<InetAddress> addresses) throws IOException {
        if (addresses.isEmpty()) {
            for (String file : List.of("network.link", "network.host", "network.guest", "network.down")) {
                Files.deleteIfExists(directory.resolve(file));
            }
            return;
        }
        List<String> up = new ArrayList<>(List.of("link set dev " + hostDevice + " up"));
        List<String> guest = new ArrayList<>(List.of("link set dev lo up", "link set dev " + DEVICE + " up"));
        List<String> down = new ArrayList<>();
        for (String family : List.of("-4", "-6")) {
            List<InetAddress> ours = addresses.stream()
                    .filter(address -> family(address).equals(family))
                    .toList();
            if (!ours.isEmpty()) {
                planFamily(family, hostDevice, ours, up, guest, down);
            }
        }
        String link = "link add " + hostDevice + " type veth peer name " + DEVICE + " netns " + directory.resolve("net")
                + "\n";
        Files.writeString(directory.resolve("network.link"), link);
        Files.write(directory.resolve("network.host"), up);
        Files.write(directory.resolve("network.guest"), guest);
        Files.write(directory.resolve("network.down"), down);
    }

    private void planFamily(
            String family,
            String hostDevice,
            List<InetAddress> addresses,
            List<String> up,
            List<String> guest,
            List<String> down)
            throws IOException {
        boolean isV6 = family.equals("-6");
        String gateway = isV6 ? GATEWAY_V6 : GATEWAY;
        String length = isV6 ? "/128" : "/32";
        String noProbe = isV6 ? " nodad" : "";
        up.add("address replace " + gateway + length + " dev " + hostDevice + noProbe);
        for (InetAddress address : addresses) {
            up.add("route replace " + prefix(address) + " dev " + hostDevice + " proto static");
            guest.add("address replace " + prefix(address) + " dev " + DEVICE + noProbe);
        }
        guest.add("route replace default via " + gateway + " dev " + DEVICE + " onlink");
        for (String uplink : uplinks(family)) {
            for (InetAddress address : addresses) {
                up.add("neighbour replace proxy " + address.getHostAddress() + " dev " + uplink);
                down.add("neighbour delete proxy " + address.getHostAddress() + " dev " + uplink);
            }
        }
    }

    /** The devices of default routes: their neighbours ask for the guest's addresses as if they were the host's. */
    private Set<String> uplinks(String family) throws IOException {
        Set<String> devices = new LinkedHashSet<>();
        for (String route : ip(family, "-oneline", "route", "show", "default")) {
            devices.add(wordAfter("dev", route));
        }
        return devices;
    }

    /** Brings a running guest from what {@code directory} says to {@code addresses}; its link stays up. */
    public void change(Path directory, String hostDevice, List<InetAddress> addresses) throws IOException {
        requireFree(hostDevice, addresses);
        if (Files.exists(directory.resolve("network.link"))) {
            forget(directory, hostDevice);
        }
        plan(directory, hostDevice, addresses);
        host.run(Program.of("sh", directory.resolve(CONNECT).toString())).orThrow();
        if (addresses.isEmpty()) {
            host.run(Program.of("ip", "link", "delete", "dev", hostDevice));
        }
    }

    private void forget(Path directory, String hostDevice) throws IOException {
        host.run(Program.of(
                "ip", "-force", "-batch", directory.resolve("network.down").toString()));
        for (String family : List.of("-4", "-6")) {
            host.run(Program.of("ip", family, "route", "flush", "dev", hostDevice, "proto", "static"));
        }
        String namespace = "--net=" + directory.resolve("net");
        host.run(Program.of("nsenter", namespace, "ip", "address", "flush", "dev", DEVICE, "scope", "global"));
    }

    /** The script {@code connect}, which brings up what the batch files beside it say, as often as it is run. */
    public static String connectScript(Path directory, String hostDevice) {
        return """
                #!/bin/sh
                # Connects the guest; run when it starts, starts again after a reboot, and gets other addresses.
                set -e
                cd %1$s
                [ -f network.link ] || exit 0
                [ -d /sys/class/net/%2$s ] || ip -batch network.link
                echo 1 > /proc/sys/net/ipv4/conf/%2$s/rp_filter
                echo 1 > /proc/sys/net/ipv4/ip_forward
                if grep -q : network.guest; then
                    for file in /proc/sys/net/ipv6/conf/*/accept_ra; do
                        read -r value < "$file" && [ "$value" != 1 ] || echo 2 > "$file"
                    done
                    echo 1 > /proc/sys/net/ipv6/conf/all/proxy_ndp
                    echo 1 > /proc/sys/net/ipv6/conf/all/forwarding
                fi
                ip -batch network.host
                nsenter --net=net ip -batch network.guest
                """
                .formatted(Program.of(directory.toString()).shown(), hostDevice);
    }

    private List<String> ip(String... arguments) throws IOException {
        return host.run(Program.of("ip", arguments)).text().lines().toList();
    }

    private static String family(InetAddress address) {
        return address instanceof Inet6Address ? "-6" : "-4";
    }

    private static String prefix(InetAddress address) {
        return address.getHostAddress() + (address instanceof Inet6Address ? "/128" : "/32");
    }

    private static String wordAfter(String key, String line) {
        List<String> words = List.of(line.split(" +"));
        int at = words.indexOf(key);
        return at >= 0 && at + 1 < words.size() ? words.get(at + 1) : "none";
    }
}
