package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.host.StencilException;
import dev.stencil.linux.FileLock;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Staging;
import dev.stencil.linux.Trash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes away what nobody needs: what dead runs left, generations that were replaced, layers without a user. Everything is
 * renamed aside first; {@link #emptyTrash} frees the space, best after all building is done.
 */
final class CacheSweep {
    private static final Duration LAYER_WAIT = Duration.ofSeconds(10);

    private final CacheArea area;
    private final LayerStore layers;
    private final GenerationStore generations;
    private final LayerUsers users;
    private final Trash trash;

    CacheSweep(CacheArea area, LayerStore layers, GenerationStore generations, LayerUsers users) {
        this.area = area;
        this.layers = layers;
        this.generations = generations;
        this.users = users;
        this.trash = new Trash(area.trash());
    }

    /** Unfinished directories and links of runs that died. Only for who holds the cache lock of {@code template}. */
    void removeLeftovers(String template) throws IOException {
        Path directory = area.cachesOf(template);
        if (!Files.isDirectory(directory)) {
            return;
        }
        for (Path entry : entries(directory)) {
            String name = entry.getFileName().toString();
            if (name.startsWith(Staging.PREFIX)) {
                Mounts.detachBelow(entry);
                trash.discard(entry);
            } else if (name.startsWith("." + GenerationStore.CURRENT)) {
                Files.deleteIfExists(entry);
            }
        }
    }

    /**
     * Generations of {@code template} other than the current one, unless a container stands on them, and then all layers
     * that neither a generation nor a user names. Only for who holds the cache lock of {@code template}. Does nothing
     * while somebody is busy with layers; the next sweep finds them.
     */
    void removeUnused(String template) throws IOException {
        Optional<FileLock> lock = FileLock.exclusive(area.layerLock(), LAYER_WAIT);
        if (lock.isEmpty()) {
            return;
        }
        try (FileLock _ = lock.get()) {
            Set<Digest> needed = new HashSet<>(users.layersInUse());
            discardReplaced(template, needed);
            discardUnused(needed);
        }
    }

    /**
     * Removes the whole cache of {@code template}, all of its generations at once; its layers stay until
     * {@link #removeUnused}. Only for who holds its cache lock.
     */
    void removeAll(String template) throws IOException {
        GenerationDraft.makeSecretDirectories(area.caches());
        try (FileLock _ = FileLock.exclusive(area.layerLock(), FileLock.FOREVER).orElseThrow()) {
            trash.discard(area.cachesOf(template));
        }
    }

    /** Frees the space of everything discarded so far. */
    void emptyTrash() throws IOException {
        trash.empty();
    }

    private void discardReplaced(String template, Set<Digest> inUse) throws IOException {
        int current = generations.current(template).map(Generation::number).orElse(-1);
        for (Path directory : generations.directories(template)) {
            if (GenerationStore.numberOf(directory) != current && !isUsed(template, directory, inUse)) {
                trash.discard(directory);
            }
        }
    }

    /** A damaged generation is nobody's: containers name layers themselves. */
    private boolean isUsed(String template, Path directory, Set<Digest> inUse) {
        try {
            return generations.read(template, directory).layers().stream()
                    .anyMatch(layer -> inUse.contains(layer.digest()));
        } catch (StencilException damaged) {
            return false;
        }
    }

    private void discardUnused(Set<Digest> needed) throws IOException {
        for (String template : generations.templates()) {
            needed.addAll(generations.layersOfDrafts(template));
            for (Generation generation : generations.all(template)) {
                generation.layers().forEach(layer -> needed.add(layer.digest()));
            }
        }
        for (Layer layer : layers.all()) {
            if (!needed.contains(layer.digest())) {
                trash.discard(layer.directory());
            }
        }
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.toList();
        }
    }
}
