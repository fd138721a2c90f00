package dev.stencil.image.layer;

import dev.stencil.linux.FileStatus;
import dev.stencil.linux.Kernel;
import dev.stencil.linux.Mode;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A layer in the making: the root is an overlay of the layers below and a fresh upper directory, or a plain empty directory
 * where nothing is below. Everything lies in a directory that the caller owns and removes; what a crash leaves mounted
 * there must be detached first ({@link Mounts#detachBelow}).
 */
public final class LayerDraft implements AutoCloseable {
    private static final String WORK = "work";
    private static final String ROOT = "root";

    private final Path place;
    private final Path directory;
    private final boolean isMounted;
    private boolean isSealed;

    private LayerDraft(Path place, Path directory, boolean isMounted) {
        this.place = place;
        this.directory = directory;
        this.isMounted = isMounted;
    }

    /** Begins one upon {@code below}, from the bottom up, in the new directory {@code place}. */
    public static LayerDraft begin(Path place, List<Layer> below) throws IOException {
        Files.createDirectory(place);
        Path directory = place.resolve("layer");
        try (Root around = Root.open(place)) {
            around.makeDirectory("layer", Mode.SECRET_DIRECTORY, Owner.ROOT);
            around.makeDirectory("layer/" + Layer.FILES, Mode.DIRECTORY, Owner.ROOT);
            if (below.isEmpty()) {
                return new LayerDraft(place, directory, false);
            }
            around.makeDirectory(WORK, Mode.SECRET_DIRECTORY, Owner.ROOT);
            around.makeDirectory(ROOT, Mode.DIRECTORY, Owner.ROOT);
            copyTop(below.getLast(), around);
        }
        var draft = new LayerDraft(place, directory, true);
        Mounts.buildOverlay(
                draft.root(), below.stream().map(Layer::files).toList(), draft.files(), place.resolve(WORK));
        return draft;
    }

    /** The upper directory is the new root's {@code /}: it begins with owner and mode of the one below. */
    private static void copyTop(Layer below, Root around) throws IOException {
        FileStatus top = Kernel.statx(Kernel.AT_FDCWD, below.files().toString(), Kernel.AT_SYMLINK_NOFOLLOW);
        String files = "layer/" + Layer.FILES;
        around.setOwner(files, new Owner(top.uid(), top.gid()));
        around.setMode(files, new Mode(top.permissions()));
    }

    /** Where the work is done: all layers below and the changes, as one tree. */
    public Path root() {
        return isMounted ? place.resolve(ROOT) : files();
    }

    /** The changes alone. */
    public Path files() {
        return directory.resolve(Layer.FILES);
    }

    /** What becomes {@code layers/<digest>}. */
    public Path directory() {
        return directory;
    }

    /** Adds a file beside the tree: a fact about the layer, not part of what it is made from. */
    public void write(String name, String text) throws IOException {
        try (Root around = Root.open(directory)) {
            around.write(name, text, Mode.FILE, Owner.ROOT);
        }
    }

    /** Nothing is mounted any more and the overlay's traces in {@link #files} are gone, but for what hides things below. */
    public void seal() throws IOException {
        isSealed = true;
        if (isMounted) {
            Mounts.unmount(root());
            OverlayTraces.remove(files());
        }
    }

    /** Takes the mounts away, those of scripts included; what was written stays where the caller will remove it. */
    @Override
    public void close() throws IOException {
        if (!isSealed) {
            Mounts.detachBelow(place);
        }
    }
}
