package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.host.StencilException;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.layer.LayerUsers;
import dev.stencil.linux.FileLock;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Staging;
import dev.stencil.linux.Trash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

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
        for (Path entry : leftovers(template)) {
            if (Files.isSymbolicLink(entry)) {
                Files.deleteIfExists(entry);
            } else {
                Mounts.detachBelow(entry);
                trash.discard(entry);
            }
        }
    }

    /** What {@link #removeLeftovers} removes. */
    List<Path> leftovers(String template) throws IOException {
        Path directory = area.cachesOf(template);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var entries = Files.list(directory)) {
            return entries.filter(CacheSweep::isUnfinished).toList();
        }
    }

    private static boolean isUnfinished(Path entry) {
        String name = entry.getFileName().toString();
        return name.startsWith(Staging.PREFIX) || name.startsWith("." + GenerationStore.CURRENT);
    }

    /**
     * Generations of {@code template} other than the current one, unless a container stands on them, and all layers
     * that neither a generation nor a user names. Only for who holds the cache lock of {@code template}. Does nothing
     * while somebody is busy with layers; the next sweep finds them.
     */
    void removeUnused(String template) throws IOException {
        Optional<FileLock> lock = FileLock.exclusive(area.layerLock(), LAYER_WAIT);
        if (lock.isEmpty()) {
            return;
        }
        try (FileLock _ = lock.get()) {
            discard(unused(List.of(template)));
        }
    }

    /**
     * Removes the whole cache of {@code template}, all of its generations at once; its layers stay until
     * {@link #removeUnused}. Only for who holds its cache lock.
     */
    void removeAll(String template) throws IOException {
        CacheArea.makeSecretDirectories(area.caches());
        try (FileLock _ = FileLock.exclusive(area.layerLock(), FileLock.FOREVER).orElseThrow()) {
            trash.discard(area.cachesOf(template));
        }
    }

    /** Frees the space of everything discarded so far. */
    void emptyTrash() throws IOException {
        trash.empty();
    }

    /**
     * What nobody needs: generations and layers.
     *
     * @param generations by template
     */
    record Unused(Map<String, List<Path>> generations, List<Layer> layers) {}

    /** As {@link #removeUnused} for several templates, looked at only. For who holds their cache locks and the layers' lock. */
    Unused unused(Collection<String> templates) throws IOException {
        Set<Digest> needed = new HashSet<>(users.layersInUse());
        Map<String, List<Path>> replaced = new TreeMap<>();
        for (String template : templates) {
            replaced.put(template, replaced(template, needed));
        }
        for (String template : generations.templates()) {
            needed.addAll(generations.layersOfDrafts(template));
            List<Path> gone = replaced.getOrDefault(template, List.of());
            for (Path directory : generations.directories(template)) {
                if (!gone.contains(directory)) {
                    generations.read(template, directory).layers().forEach(layer -> needed.add(layer.digest()));
                }
            }
        }
        List<Layer> unused = layers.all().stream()
                .filter(layer -> !needed.contains(layer.digest()))
                .toList();
        return new Unused(replaced, unused);
    }

    private List<Path> replaced(String template, Set<Digest> inUse) {
        Optional<Generation> current = generations.current(template);
        List<Path> replaced = new ArrayList<>();
        for (Path directory : generations.directories(template)) {
            if (current.filter(one -> one.directory().equals(directory)).isEmpty()
                    && !isUsed(template, directory, current, inUse)) {
                replaced.add(directory);
            }
        }
        return replaced;
    }

    /**
     * A generation is used by who stands on its top layer; those below it shares with others. A damaged generation is
     * nobody's: containers name layers themselves.
     */
    private boolean isUsed(String template, Path directory, Optional<Generation> current, Set<Digest> inUse) {
        try {
            List<Layer> stack = generations.read(template, directory).layers();
            boolean isCurrent =
                    current.filter(one -> one.layers().equals(stack)).isPresent();
            return !isCurrent
                    && !stack.isEmpty()
                    && inUse.contains(stack.getLast().digest());
        } catch (StencilException damaged) {
            return false;
        }
    }

    /** Renames it all aside. */
    void discard(Unused unused) throws IOException {
        for (List<Path> directories : unused.generations.values()) {
            for (Path directory : directories) {
                trash.discard(directory);
            }
        }
        for (Layer layer : unused.layers) {
            trash.discard(layer.directory());
        }
    }

    /** Lock files of layers whose makers died. Who opens one just now makes its layer twice at worst. */
    void removeIdleLocks() throws IOException {
        if (!Files.isDirectory(area.building())) {
            return;
        }
        try (var files = Files.newDirectoryStream(area.building())) {
            for (Path file : files) {
                try (var idle = new IdleLock(FileLock.exclusive(file, Duration.ZERO))) {
                    if (idle.isHeld()) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
    }

    private record IdleLock(Optional<FileLock> lock) implements AutoCloseable {
        boolean isHeld() {
            return lock.isPresent();
        }

        @Override
        public void close() throws IOException {
            if (lock.isPresent()) {
                lock.get().close();
            }
        }
    }

    /** Locked exclusively, as long as it takes: no layer becomes used meanwhile. */
    FileLock lockLayers() throws IOException {
        CacheArea.makeSecretDirectories(area.caches());
        return FileLock.exclusive(area.layerLock(), FileLock.FOREVER).orElseThrow();
    }
}
