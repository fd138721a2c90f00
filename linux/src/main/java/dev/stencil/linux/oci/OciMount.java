package dev.stencil.linux.oci;

import java.nio.file.Path;
import java.util.List;

/** One entry of {@code mounts} in a bundle's configuration; {@code options} are those of {@code mount(8)}. */
public record OciMount(String destination, String type, String source, List<String> options) {
    public OciMount {
        options = List.copyOf(options);
        if (!destination.startsWith("/")) {
            throw new IllegalArgumentException("a mount point inside must be absolute: " + destination);
        }
    }

    public static OciMount of(String type, String destination, String... options) {
        return new OciMount(destination, type, type, List.of(options));
    }

    /** A file that can be run or loaded inside although the host does not allow it where the file lies. */
    static OciMount readOnlyProgram(Path source, String destination) {
        return new OciMount(destination, "bind", source.toString(), List.of("bind", "ro", "nosuid", "nodev", "exec"));
    }

    /** {@code source} with everything mounted below it, which the inside can read and not write. */
    public static OciMount readOnlyBind(Path source, String destination) {
        return new OciMount(destination, "bind", source.toString(), List.of("rbind", "ro", "nosuid", "nodev"));
    }

    /** The same, seen from outside of a directory that it is mounted in. */
    OciMount below(String directory) {
        return new OciMount(directory + destination, type, source, options);
    }
}
