package dev.stencil.image.layer;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Errno;
import dev.stencil.linux.FileLock;
import dev.stencil.linux.Kernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All layers of the host, shared by the generations of all templates and by containers. */
public final class LayerStore {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final CacheArea area;

    public LayerStore(CacheArea area) {
        this.area = area;
    }

    public Optional<Layer> find(Digest digest) {
        Layer layer = at(digest);
        return Files.isDirectory(layer.files()) ? Optional.of(layer) : Optional.empty();
    }

    /** The layer, or a {@code FILE_NOT_FOUND} failure that names {@code user}, who stands on it. */
    public Layer require(Digest digest, String user) {
        return find(digest)
                .orElseThrow(() -> new StencilException(
                        Fault.FILE_NOT_FOUND,
                        "Layer " + digest + " of " + user + " is missing in " + area.layers()
                                + ". Bring it back from a backup."));
    }

    /**
     * The layer, if it is complete even though the host may have lost its power: one that was made since the host was
     * started, or that was synced afterwards.
     */
    public Optional<Layer> findReliable(Digest digest) throws IOException {
        Optional<Layer> layer = find(digest);
        if (layer.isPresent() && Files.exists(layer.get().unsynced())) {
            return layer.filter(this::isOfThisBoot);
        }
        return layer;
    }

    private boolean isOfThisBoot(Layer layer) {
        try {
            return Files.readString(layer.unsynced()).equals(Files.readString(BOOT));
        } catch (IOException syncedMeanwhile) {
            return Files.isDirectory(layer.files()) && !Files.exists(layer.unsynced());
        }
    }

    /**
     * Gives a finished layer its name, or answers the one that somebody else made of the same recipe. It may not have
     * reached the disk: waiting for that once a generation, not once a layer, is what {@link #confirmSynced} is for.
     */
    public Layer add(LayerDraft made, Digest digest) throws IOException {
        CacheArea.makeSecretDirectories(area.layers());
        made.write(Layer.UNSYNCED, Files.readString(BOOT));
        Layer layer = at(digest);
        try {
            Kernel.renameat2(
                    Kernel.AT_FDCWD,
                    made.directory().toString(),
                    Kernel.AT_FDCWD,
                    layer.directory().toString(),
                    Kernel.RENAME_NOREPLACE);
        } catch (Errno e) {
            if (e.number() != Errno.EEXIST) {
                throw e;
            }
        }
        return layer;
    }

    /** Everything was synced after {@code layer} had been made. */
    public void confirmSynced(Layer layer) throws IOException {
        if (Files.deleteIfExists(layer.unsynced())) {
            CacheArea.syncDirectory(layer.directory());
            CacheArea.syncDirectory(area.layers());
        }
    }

    /** Committed layers, sorted by digest. */
    public List<Layer> all() throws IOException {
        if (!Files.isDirectory(area.layers())) {
            return List.of();
        }
        List<Layer> layers = new ArrayList<>();
        try (var entries = Files.list(area.layers())) {
            entries.map(entry -> entry.getFileName().toString())
                    .filter(LayerStore::isDigest)
                    .sorted()
                    .forEach(name -> layers.add(at(new Digest(name))));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return layers;
    }

    /**
     * While this is open no layer goes away. Open it before you look up a generation and close it when you have
     * written down which layers you use, where {@link LayerUsers} finds them.
     */
    public FileLock keep(Duration wait) {
        try {
            Files.createDirectories(area.layerLock().getParent());
            return FileLock.shared(area.layerLock(), wait)
                    .orElseThrow(() -> new StencilException(
                            Fault.LOCKED,
                            "Layers are being removed; " + area.layerLock() + " was not free within " + wait.toSeconds()
                                    + " s. Try again."));
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot lock " + area.layerLock() + ": " + e.getMessage(), e);
        }
    }

    public Layer at(Digest digest) {
        return new Layer(digest, area.layers().resolve(digest.hex()));
    }

    private static boolean isDigest(String name) {
        return name.length() == 64 && name.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
