package dev.stencil.container.guest;

import java.io.IOException;
import java.util.List;

/**
 * One way in which a distribution configures its network. The host has set up the device before init runs, so what is
 * written here must leave a device alone that is right already, and repair it after the guest took it down.
 */
sealed interface NetworkFiles permits Networkd, Ifupdown {
    /** In the order in which guests are asked; the first that recognises itself writes. Source: spec vzctl 5.5. */
    List<NetworkFiles> KINDS = List.of(new Networkd(), new Ifupdown());

    boolean isUsedBy(GuestFiles files) throws IOException;

    /** Without addresses our file is removed. */
    void write(GuestFiles files, GuestIdentity identity) throws IOException;
}
