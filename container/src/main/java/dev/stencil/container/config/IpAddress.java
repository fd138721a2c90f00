package dev.stencil.container.config;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One word of IP_ADDRESS: {@code ip[/mask|/prefix]}; source: spec vzctl 1.5.
 *
 * @param host canonical text of the address, IPv6 as RFC 5952 writes it
 * @param prefix length of the network part, where one was given
 */
public record IpAddress(String host, boolean isV6, OptionalInt prefix) {
    public static IpAddress parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean v6 = address.indexOf(':') >= 0;
        String host = v6 ? canonicalV6(text, address) : dotted(v4(text, address));
        OptionalInt prefix =
                slash < 0 ? OptionalInt.empty() : OptionalInt.of(prefix(text, text.substring(slash + 1), v6));
        return new IpAddress(host, v6, prefix);
    }

    /** Addresses of a list value; {@code 0.0.0.0} and {@code ::} mean none and are left out, as are repetitions. */
    public static List<IpAddress> parseAll(List<String> words) {
        List<IpAddress> result = new ArrayList<>();
        for (String word : words) {
            IpAddress address = parse(word);
            if (!address.isNone() && result.stream().noneMatch(address::isSameHost)) {
                result.add(address);
            }
        }
        return List.copyOf(result);
    }

    /** Whether it stands for no address at all. */
    public boolean isNone() {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    /** Whether both name the same address, whatever their networks. */
    public boolean isSameHost(IpAddress other) {
        return host.equals(other.host);
    }

    /** As the configuration file writes it: an IPv4 mask dotted, an IPv6 network by its length. */
    public String text() {
        if (prefix.isEmpty()) {
            return host;
        }
        int bits = prefix.getAsInt();
        return host + "/" + (isV6 ? Integer.toString(bits) : dotted(bits == 0 ? 0 : -1 << (32 - bits)));
    }

    private static int v4(String whole, String address) {
        String[] parts = address.split("\\.", -1);
        int result = 0;
        for (String part : parts) {
            boolean digits =
                    !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (parts.length != 4 || !digits || Integer.parseInt(part) > 255) {
                throw bad(whole);
            }
            result = result << 8 | Integer.parseInt(part);
        }
        return result;
    }

    private static String dotted(int address) {
        return (address >>> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    private static int prefix(String whole, String network, boolean v6) {
        if (network.indexOf('.') >= 0 && !v6) {
            int mask = v4(whole, network);
            int bits = Integer.bitCount(mask);
            if (bits != 0 && mask != -1 << (32 - bits)) {
                throw bad(whole);
            }
            return bits;
        }
        boolean digits =
                !network.isEmpty() && network.length() <= 3 && network.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || Integer.parseInt(network) > (v6 ? 128 : 32)) {
            throw bad(whole);
        }
        return Integer.parseInt(network);
    }

    private static String canonicalV6(String whole, String address) {
        if (address.indexOf('%') >= 0) {
            throw bad(whole);
        }
        InetAddress parsed;
        try {
            parsed = Inet6Address.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            throw bad(whole);
        }
        if (!(parsed instanceof Inet6Address)) {
            throw bad(whole);
        }
        return compressed(parsed.getAddress());
    }

    /** RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as {@code ::}. */
    private static String compressed(byte[] bytes) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (bytes[2 * i] & 255) << 8 | (bytes[2 * i + 1] & 255);
        }
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && groups[i + length] == 0) {
                length++;
            }
            if (length > bestLength) {
                best = i;
                bestLength = length;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == best) {
                text.append("::");
                i += bestLength - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    private static StencilException bad(String text) {
        return new StencilException(
                Fault.BAD_VALUE, "\"" + text + "\" is not an IP address. Write 10.0.0.2, 10.0.0.2/24 or fd00::2/64.");
    }

    @Override
    public String toString() {
        return text();
    }
}
