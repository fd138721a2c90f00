package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.host.Progress;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.layer.LayerDraft;
import dev.stencil.image.layer.LayerRecipe;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.layer.LayerWork;
import dev.stencil.image.layer.Normalisation;
import dev.stencil.linux.FileLock;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Trash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Adds layers to generations in the making: the layer of a recipe is found, or awaited where somebody else is just making
 * it, or made. So builds that run side by side share their work, also those of different templates.
 */
public final class LayerWorkshop {
    private final CacheArea area;
    private final LayerStore layers;
    private final Normalisation normalisation;
    private final Progress progress;

    public LayerWorkshop(CacheArea area, LayerStore layers, Normalisation normalisation, Progress progress) {
        this.area = area;
        this.layers = layers;
        this.normalisation = normalisation;
        this.progress = progress;
    }

    /** The layer of {@code recipe} is now on top of {@code draft}; {@code work} is done only when it has to be made. */
    public Layer add(GenerationDraft draft, LayerRecipe recipe, LayerWork work) throws IOException {
        Digest name = recipe.digest();
        Optional<Layer> found = draft.take(name);
        if (found.isPresent()) {
            return found.get();
        }
        Path file = lockFile(name);
        try (FileLock _ = lock(file)) {
            Optional<Layer> madeMeanwhile = draft.take(name);
            if (madeMeanwhile.isPresent()) {
                return madeMeanwhile.get();
            }
            discardUnreliable(name);
            Layer made = make(draft, recipe, work);
            // Who waits for this file finds the layer; who comes later does not need it.
            Files.deleteIfExists(file);
            return made;
        }
    }

    private Path lockFile(Digest name) throws IOException {
        CacheArea.makeSecretDirectories(area.building());
        return area.building().resolve(name.hex());
    }

    private FileLock lock(Path file) throws IOException {
        Optional<FileLock> atOnce = FileLock.exclusive(file, Duration.ZERO);
        if (atOnce.isPresent()) {
            return atOnce.get();
        }
        progress.note("Another build makes the same layer, waiting for it");
        return FileLock.exclusive(file, FileLock.FOREVER).orElseThrow();
    }

    private void discardUnreliable(Digest name) throws IOException {
        Layer layer = layers.at(name);
        if (Files.exists(layer.directory())) {
            new Trash(area.trash()).discard(layer.directory());
        }
    }

    private Layer make(GenerationDraft draft, LayerRecipe recipe, LayerWork work) throws IOException {
        try (LayerDraft layer = draft.newLayer()) {
            work.run(layer.root());
            if (Mounts.detachInside(layer.root()) > 0) {
                progress.note("A script left something mounted below its root; it was unmounted");
            }
            normalisation.inRoot(layer.root(), recipe.clock());
            work.describe(layer.root(), layer);
            layer.seal();
            normalisation.ofLayer(layer.files(), recipe.clock());
            layer.write(Layer.RECIPE, recipe.text());
            return draft.put(layer, recipe.digest());
        }
    }
}
