package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.linux.FileLock;
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

    Layer at(Digest digest) {
        return new Layer(digest, area.layers().resolve(digest.hex()));
    }

    /** Where layers are committed to. */
    Path directory() {
        return area.layers();
    }

    private static boolean isDigest(String name) {
        return name.length() == 64 && name.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
