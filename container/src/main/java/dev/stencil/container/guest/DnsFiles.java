package dev.stencil.container.guest;

import dev.stencil.linux.FileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Name servers and search domains, where the guest's resolver expects them: systemd-resolved, else resolvconf, else
 * {@code /etc/resolv.conf}. Order: spec vzctl 5.4. With neither servers nor domains nothing is touched.
 */
final class DnsFiles {
    private static final String RESOLVED = "etc/systemd/resolved.conf.d/stencil.conf";
    private static final String RESOLVCONF_BASE = "etc/resolvconf/resolv.conf.d/base";
    private static final String PLAIN = "etc/resolv.conf";

    private DnsFiles() {}

    static void write(GuestFiles files, GuestIdentity identity) throws IOException {
        if (identity.nameservers().isEmpty() && identity.searchDomains().isEmpty()) {
            return;
        }
        if (isResolvedInCharge(files)) {
            files.put(RESOLVED, resolved(identity));
        } else if (files.isDirectory("etc/resolvconf/resolv.conf.d")) {
            files.put(RESOLVCONF_BASE, plain("", identity));
        } else if (!isLiveLink(files)) {
            files.put(PLAIN, plain(files.text(PLAIN).orElse(""), identity));
        }
    }

    private static boolean isResolvedInCharge(GuestFiles files) throws IOException {
        return Services.isEnabled(files, "systemd-resolved")
                || files.linkTarget(PLAIN)
                        .filter(target -> target.contains("systemd/resolve/"))
                        .isPresent();
    }

    /** A link to something that exists belongs to whoever maintains that; a dangling one may be replaced. */
    private static boolean isLiveLink(GuestFiles files) throws IOException {
        Optional<FileStatus> status = files.status(PLAIN);
        return status.filter(FileStatus::isSymlink).isPresent() && files.exists(PLAIN);
    }

    private static String resolved(GuestIdentity identity) {
        return "# Written by Stencil at each start.\n[Resolve]\n"
                + (identity.nameservers().isEmpty() ? "" : "DNS=" + String.join(" ", identity.nameservers()) + "\n")
                + (identity.searchDomains().isEmpty()
                        ? ""
                        : "Domains=" + String.join(" ", identity.searchDomains()) + "\n");
    }

    /** {@code search} and {@code nameserver} lines replaced where values are given, all others kept (resolv.conf(5)). */
    private static String plain(String old, GuestIdentity identity) {
        List<String> lines = new ArrayList<>();
        for (String line : old.lines().toList()) {
            boolean server =
                    line.startsWith("nameserver") && !identity.nameservers().isEmpty();
            boolean search = (line.startsWith("search") || line.startsWith("domain"))
                    && !identity.searchDomains().isEmpty();
            if (!server && !search) {
                lines.add(line);
            }
        }
        if (!identity.searchDomains().isEmpty()) {
            lines.add("search " + String.join(" ", identity.searchDomains()));
        }
        for (String server : identity.nameservers()) {
            lines.add("nameserver " + server);
        }
        return String.join("\n", lines) + "\n";
    }
}
