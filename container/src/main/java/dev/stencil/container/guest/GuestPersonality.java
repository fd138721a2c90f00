package dev.stencil.container.guest;

import dev.stencil.linux.Mode;
import java.io.IOException;

/** Makes the files of a mounted guest say who it is. Run before its init, and again whenever a setting changes. */
public final class GuestPersonality {
    private static final String MACHINE_ID = "etc/machine-id";

    private GuestPersonality() {}

    /** Host name, DNS and network. What the guest uses is found by looking at its files, not at its name. */
    public static void write(GuestFiles files, GuestIdentity identity) throws IOException {
        HostNameFiles.write(files, identity);
        DnsFiles.write(files, identity);
        for (NetworkFiles kind : NetworkFiles.KINDS) {
            if (kind.isUsedBy(files)) {
                kind.write(files, identity);
                return;
            }
        }
    }

    /**
     * Makes the guest derive a machine-id of its own at this start: an empty file, which systemd fills from
     * {@code container_uuid} (machine-id(5)). For a guest's first start; later the id must stay.
     */
    public static void forgetMachineId(GuestFiles files) throws IOException {
        // A link there leads to the one file; a copy would be an id shared by all containers of the image.
        if (files.linkTarget("var/lib/dbus/machine-id").isEmpty()) {
            files.delete("var/lib/dbus/machine-id");
        }
        files.put(MACHINE_ID, "", Mode.octal("0444"));
    }
}
