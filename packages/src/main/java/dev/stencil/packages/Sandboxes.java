package dev.stencil.packages;

import dev.stencil.linux.oci.Sandbox;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the sandboxes that scripts of packages run in while a root is built. */
public interface Sandboxes {
    /** A sandbox for {@code root}; the caller closes it. */
    Sandbox open(Path root) throws IOException;
}
