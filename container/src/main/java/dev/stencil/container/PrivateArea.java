package dev.stencil.container;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Home of a container on the disk, layout 6: what it changed on top of shared layers, its configuration, its marks. The
 * outer contract ({@code .ve.layout}, {@code ve.conf}, {@code scripts/}, {@code templates/}) is that of spec vzctl 2.1.
 *
 * @param path VE_PRIVATE
 */
public record PrivateArea(Path path) {
    /** Target of the link {@code .ve.layout}. Layouts 1 to 5 are the original's. */
    public static final String LAYOUT = "6";

    public boolean exists() {
        return Files.isDirectory(path);
    }

    public Path config() {
        return path.resolve("ve.conf");
    }

    /** What the container changed: the writable directory of its overlay. */
    public Path upper() {
        return path.resolve("fs");
    }

    /** Scratch space of the overlay; empty while it is not mounted. */
    public Path work() {
        return path.resolve("work");
    }

    /** Marks of applied templates, {@code vzpackages}. */
    public Path templates() {
        return path.resolve("templates");
    }

    /** Action scripts of this container. */
    public Path scripts() {
        return path.resolve("scripts");
    }

    public Path lockFile() {
        return path.resolve(".lck");
    }

    /** There from a start until somebody stops it: what {@code ONBOOT=auto} goes by when the host boots (spec vzctl 3.6). */
    Path runningMark() {
        return path.resolve(".running");
    }

    Path layoutMark() {
        return path.resolve(".ve.layout");
    }

    Path ownerMark() {
        return path.resolve(".owner");
    }

    /** Digest of one layer a line, from the bottom up. A layer named here must not be removed. */
    public Path layersFile() {
        return path.resolve("layers");
    }

    Path idsFile() {
        return path.resolve("ids");
    }

    /** Whether this is the home of a container and not just any directory. */
    public boolean isMarked() {
        return Files.isSymbolicLink(layoutMark());
    }

    /** The layers below {@link #upper}, from the bottom up. */
    public List<Digest> layers() {
        try {
            return lines(layersFile()).stream().map(Digest::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new StencilException(
                    Fault.NO_PRIVATE_AREA, unreadable(layersFile(), String.valueOf(e.getMessage())), e);
        }
    }

    /** The ids its files belong to. */
    public IdRange ids() {
        List<String> lines = lines(idsFile());
        String[] words = lines.isEmpty() ? new String[0] : lines.getFirst().split(" ");
        try {
            if (words.length == 2) {
                return new IdRange(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
            }
        } catch (NumberFormatException e) {
            throw new StencilException(Fault.NO_PRIVATE_AREA, unreadable(idsFile(), "it should hold two numbers"), e);
        }
        throw new StencilException(Fault.NO_PRIVATE_AREA, unreadable(idsFile(), "it should hold two numbers"));
    }

    void require() {
        if (!exists()) {
            throw new StencilException(
                    Fault.NO_PRIVATE_AREA,
                    "The private area " + path + " does not exist. Correct VE_PRIVATE or restore it.");
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (NoSuchFileException e) {
            throw new StencilException(Fault.NO_PRIVATE_AREA, unreadable(file, "it is missing"), e);
        } catch (IOException e) {
            throw new StencilException(Fault.NO_PRIVATE_AREA, unreadable(file, String.valueOf(e.getMessage())), e);
        }
    }

    private static String unreadable(Path file, String why) {
        return "Cannot read " + file + ": " + why + ". The private area is damaged; restore it from a backup.";
    }
}
