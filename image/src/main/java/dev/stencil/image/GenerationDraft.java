package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.layer.LayerDraft;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.lock.LockReferences;
import dev.stencil.linux.Mode;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import dev.stencil.linux.Staging;
import dev.stencil.packages.lock.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A generation in the making: a directory {@code caches/<name>/.making-…} that holds unfinished layers as well, so that
 * whoever holds the cache lock of {@code name} may delete it. It writes down its layers as they come, and a layer that is
 * written down anywhere does not go away. Closed without {@link #commit}, it is removed; finished layers stay until a sweep.
 */
public final class GenerationDraft implements AutoCloseable {
    /** Whoever removes layers is done within that time. */
    private static final Duration LAYER_WAIT = Duration.ofMinutes(10);

    private final CacheArea area;
    private final LayerStore layers;
    private final String name;
    private final int number;
    private final Staging staging;
    private final List<Layer> stack = new ArrayList<>();
    private Optional<Lock> lock = Optional.empty();

    private GenerationDraft(CacheArea area, LayerStore layers, String name, int number, Staging staging) {
        this.area = area;
        this.layers = layers;
        this.name = name;
        this.number = number;
        this.staging = staging;
    }

    /** Begins generation {@code number} of the cache {@code name}, of no layers yet. */
    public static GenerationDraft begin(CacheArea area, LayerStore layers, String name, int number) throws IOException {
        Path place = area.cachesOf(name).resolve(GenerationStore.nameOf(number));
        return new GenerationDraft(area, layers, name, number, Staging.beside(place));
    }

    /** Its layers so far, from the bottom up. */
    public List<Layer> stack() {
        return List.copyOf(stack);
    }

    /** The layer {@code digest} on top of the others, if there is one that can be relied upon. */
    public Optional<Layer> take(Digest digest) throws IOException {
        try (var _ = layers.keep(LAYER_WAIT)) {
            Optional<Layer> found = layers.findReliable(digest);
            if (found.isPresent()) {
                writeDown(found.get());
            }
            return found;
        }
    }

    /** A new layer upon all so far, which {@link #put} adds. */
    LayerDraft newLayer() throws IOException {
        return LayerDraft.begin(staging.directory().resolve("layer-" + stack.size()), stack);
    }

    /** All layers so far as one tree, to look at: nothing of it is kept. */
    LayerDraft view() throws IOException {
        return LayerDraft.begin(staging.directory().resolve("layer-view-" + System.nanoTime()), stack);
    }

    /** {@code made} is on top of the others from now on, and anybody may use it. */
    Layer put(LayerDraft made, Digest digest) throws IOException {
        try (var _ = layers.keep(LAYER_WAIT)) {
            Layer layer = layers.add(made, digest);
            writeDown(layer);
            return layer;
        }
    }

    private void writeDown(Layer layer) throws IOException {
        Path file = staging.directory().resolve(GenerationStore.LAYERS);
        Files.writeString(file, layer.digest().hex() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        stack.add(layer);
    }

    /** Says which lock it is made from, and keeps a copy. */
    void madeFrom(Lock from) throws IOException {
        lock = Optional.of(from);
        write(LockReferences.GENERATION_FILE, from.text());
    }

    /** Which lock it is made from, if that was said. */
    Optional<Lock> lock() {
        return lock;
    }

    /** Adds a file of the generation's own directory. */
    public void write(String file, String text) throws IOException {
        try (Root directory = Root.open(staging.directory())) {
            int slash = file.lastIndexOf('/');
            if (slash > 0) {
                directory.makeDirectories(file.substring(0, slash), Mode.DIRECTORY, Owner.ROOT);
            }
            directory.write(file, text, Mode.FILE, Owner.ROOT);
        }
    }

    /**
     * Makes it the current generation. Everything reaches the disk first; the last step replaces one link. Until then
     * the previous generation is in force, and a crash leaves only what the next run removes.
     */
    public void commit() throws IOException {
        removeWorkplaces();
        staging.commit();
        for (Layer layer : stack) {
            layers.confirmSynced(layer);
        }
        pointCurrentTo(GenerationStore.nameOf(number));
    }

    private void removeWorkplaces() throws IOException {
        try (Root directory = Root.open(staging.directory())) {
            for (String entry : directory.list(".")) {
                if (entry.startsWith("layer-")) {
                    directory.deleteTree(entry);
                }
            }
        }
    }

    private void pointCurrentTo(String generation) throws IOException {
        Path directory = area.cachesOf(name);
        Path link = directory.resolve("." + GenerationStore.CURRENT + "-" + generation);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(generation));
        Files.move(link, directory.resolve(GenerationStore.CURRENT), StandardCopyOption.ATOMIC_MOVE);
        CacheArea.syncDirectory(directory);
    }

    /** A script may have mounted something below and failed before taking it away: never delete into a mount. */
    @Override
    public void close() throws IOException {
        if (Files.exists(staging.directory())) {
            Mounts.detachBelow(staging.directory());
        }
        staging.close();
    }
}
