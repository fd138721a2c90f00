package dev.stencil.container.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code inherit} means for NAMESERVER and SEARCHDOMAIN: the host's own settings. A server on the host's loopback is no
 * use to a guest; where systemd-resolved is the only one, its upstream servers are taken.
 */
public record HostResolver(List<String> nameservers, List<String> searchDomains) {
    public HostResolver {
        nameservers = List.copyOf(nameservers);
        searchDomains = List.copyOf(searchDomains);
    }

    /** Reads {@code /etc/resolv.conf} of this host. */
    public static HostResolver read() throws IOException {
        return read(Path.of("/etc/resolv.conf"), Path.of("/run/systemd/resolve/resolv.conf"));
    }

    static HostResolver read(Path main, Path upstream) throws IOException {
        HostResolver result =
                Files.exists(main) ? parse(Files.readString(main)) : new HostResolver(List.of(), List.of());
        return result.nameservers().isEmpty() && Files.exists(upstream) ? parse(Files.readString(upstream)) : result;
    }

    static HostResolver parse(String text) {
        List<String> servers = new ArrayList<>();
        List<String> domains = List.of();
        for (String line : text.lines().toList()) {
            List<String> words = List.of(line.strip().split("\\s+"));
            boolean server = words.getFirst().equals("nameserver") && words.size() > 1;
            if (server && !words.get(1).startsWith("127.") && !words.get(1).equals("::1")) {
                servers.add(words.get(1));
            } else if (words.getFirst().equals("search")) {
                domains = words.subList(1, words.size());
            }
        }
        return new HostResolver(servers, domains);
    }
}
