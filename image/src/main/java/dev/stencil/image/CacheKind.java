package dev.stencil.image;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.util.List;
import java.util.Optional;

/**
 * What {@code --vefstype} and {@code --veimgfmt} ask for. The native cache serves every kind, so this only decides whether a
 * template's {@code cache_type} allows what was asked; nothing asked is always allowed. Source: spec vzpkg 5.1 and 2.4.
 */
public record CacheKind(Optional<String> fileSystem, Optional<String> imageFormat) {
    /** No wish. */
    public static final CacheKind ANY = new CacheKind(Optional.empty(), Optional.empty());

    private static final List<String> FILE_SYSTEMS = List.of("simfs", "ext4", "xfs");
    private static final int DIRECTORY = 2;
    private static final int PLOOP = 32 | 64;
    private static final int PLOOP_V2 = 64;
    private static final int QCOW2 = 128;
    private static final int ALL = -1;

    /** {@code --vefstype}; {@code all} is for commands that look at caches and is refused here, as any unknown word. */
    public CacheKind withFileSystem(String name) {
        if (!FILE_SYSTEMS.contains(name)) {
            throw new StencilException(
                    Fault.BAD_VALUE,
                    "--vefstype " + name + " cannot be made; known are " + String.join(", ", FILE_SYSTEMS) + ".");
        }
        return new CacheKind(Optional.of(name), imageFormat);
    }

    /** {@code --veimgfmt}; an unknown word means ploop, as in the original. */
    public CacheKind withImageFormat(String name) {
        return new CacheKind(fileSystem, Optional.of(name));
    }

    /** The bits of {@code cache_type} of which a template must have one. */
    int bits() {
        if (fileSystem.filter("simfs"::equals).isPresent()) {
            return DIRECTORY;
        }
        if (imageFormat.isPresent()) {
            return switch (imageFormat.get()) {
                case "qcow2" -> QCOW2;
                case "ploop", "ploopv2", "plain" -> PLOOP_V2;
                default -> PLOOP;
            };
        }
        return fileSystem.isPresent() ? PLOOP : ALL;
    }

    /** As the command line had it. */
    String shown() {
        return (fileSystem.map(name -> "--vefstype " + name).orElse("")
                        + imageFormat.map(name -> " --veimgfmt " + name).orElse(""))
                .strip();
    }
}
