package dev.stencil.container.config;

import dev.stencil.fuzz.Input;
import dev.stencil.host.StencilException;

/** Addresses, ids, names and host names. */
public final class AddressFuzz {
    private AddressFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = Input.text(input);
        try {
            IpAddress address = IpAddress.parse(text);
            Input.demand(
                    IpAddress.parse(address.text()).equals(address), "an address read again is another: " + address);
        } catch (StencilException e) {
            Input.demandWords(e, "");
        }
        try {
            ContainerId id = ContainerId.parse(text);
            Input.demand(ContainerId.parse(id.toString()).equals(id), "an id read again is another: " + id);
        } catch (StencilException | IllegalArgumentException e) {
            Input.demandWords(e, "");
        }
    }
}
