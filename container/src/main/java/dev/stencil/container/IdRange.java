package dev.stencil.container;

import dev.stencil.linux.Owner;
import dev.stencil.linux.oci.OciIsolation;
import java.util.Optional;

/**
 * The user and group ids of the host that a container's ids 0 to {@code size - 1} stand for.
 *
 * @param base what the container's root is on the host
 */
public record IdRange(int base, int size) {
    /** Ids of one container. */
    public static final int SIZE = 65536;

    /** No shift: the container's root is the host's. */
    public static final IdRange HOST = new IdRange(0, Integer.MAX_VALUE);

    /** The container's root as the host sees it. */
    public Owner root() {
        return Owner.ROOT.shiftedBy(base);
    }

    public boolean isShifted() {
        return base != 0;
    }

    /** For mounts and namespaces; empty when nothing is shifted. */
    public Optional<OciIsolation.Ids> shift() {
        return isShifted() ? Optional.of(new OciIsolation.Ids(base, size)) : Optional.empty();
    }
}
