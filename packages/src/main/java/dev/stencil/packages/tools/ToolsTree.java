package dev.stencil.packages.tools;

import dev.stencil.linux.oci.OciMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A root whose programs are used: that of this host, or one that was made to bring package managers. It is only read.
 *
 * @param name what a person calls it
 * @param layers what it consists of, from the bottom up; a directory alone is its only layer
 */
public record ToolsTree(String name, List<Path> layers) {
    /** The programs of this host. */
    public static final ToolsTree HOST = new ToolsTree("this host", List.of(Path.of("/")));

    public ToolsTree {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a tree of tools has no layers: " + name);
        }
    }

    boolean isHost() {
        return equals(HOST);
    }

    /** Where {@code path}, relative and without links, lies in the topmost layer that has it. */
    Optional<Path> find(String path) {
        for (Path layer : layers.reversed()) {
            Path file = layer.resolve(path);
            if (Files.exists(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** The target of {@code name}, a top-level entry, if it is a link there. */
    public Optional<Path> link(String name) throws IOException {
        for (Path layer : layers.reversed()) {
            Path entry = layer.resolve(name);
            if (Files.isSymbolicLink(entry)) {
                return Optional.of(Files.readSymbolicLink(entry));
            }
        }
        return Optional.empty();
    }

    /** Puts {@code name}, a top-level directory, at the same place in a sandbox, read-only; empty when there is none. */
    public Optional<OciMount> mount(String name) {
        List<Path> parts = layers.reversed().stream()
                .map(layer -> layer.resolve(name))
                .filter(part -> Files.isDirectory(part) && !Files.isSymbolicLink(part))
                .toList();
        return switch (parts.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(OciMount.readOnlyBind(parts.getFirst(), "/" + name));
            default ->
                Optional.of(OciMount.of("overlay", "/" + name, "ro", "nosuid", "nodev", "lowerdir=" + joined(parts)));
        };
    }

    /** The layers as overlayfs names them, the topmost first. */
    String lowerDirectories() {
        return joined(layers.reversed());
    }

    private static String joined(List<Path> parts) {
        return String.join(":", parts.stream().map(Path::toString).toList());
    }
}
