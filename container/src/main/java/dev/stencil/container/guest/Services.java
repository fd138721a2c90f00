package dev.stencil.container.guest;

import java.io.IOException;

/** What the guest's init would start, read from the links that {@code systemctl enable} makes. */
final class Services {
    private Services() {}

    static boolean isEnabled(GuestFiles files, String service) throws IOException {
        for (String target : new String[] {"multi-user.target.wants", "sysinit.target.wants", "network.target.wants"}) {
            if (files.linkTarget("etc/systemd/system/" + target + "/" + service + ".service")
                    .isPresent()) {
                return !isMasked(files, service);
            }
        }
        return false;
    }

    private static boolean isMasked(GuestFiles files, String service) throws IOException {
        return files.linkTarget("etc/systemd/system/" + service + ".service")
                .filter("/dev/null"::equals)
                .isPresent();
    }
}
