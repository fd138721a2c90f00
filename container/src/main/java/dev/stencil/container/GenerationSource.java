package dev.stencil.container;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.CacheOptions;
import dev.stencil.image.CreateCacheRequest;
import dev.stencil.image.Generation;
import dev.stencil.image.GenerationStore;
import dev.stencil.image.Layer;
import dev.stencil.image.LayerStore;
import dev.stencil.linux.FileLock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What new containers stand on: the current generation of a template, made first when it is missing. */
public final class GenerationSource {
    private static final Duration LAYER_WAIT = Duration.ofSeconds(60);

    private final GenerationStore generations;
    private final LayerStore layers;
    private final CacheSource caches;

    public GenerationSource(GenerationStore generations, LayerStore layers, CacheSource caches) {
        this.generations = generations;
        this.layers = layers;
        this.caches = caches;
    }

    /** A generation that cannot go away until this is closed. */
    record Kept(Generation generation, FileLock lock) implements AutoCloseable {
        List<Digest> layers() {
            return generation.layers().stream().map(Layer::digest).toList();
        }

        @Override
        public void close() throws IOException {
            lock.close();
        }
    }

    /** The current generation of {@code template}, a full name. Building one takes minutes. */
    Kept require(String template, Progress progress) throws IOException {
        Optional<Kept> found = find(template);
        if (found.isPresent()) {
            return found.get();
        }
        progress.note("OS template " + template + " is not cached yet; its cache is being made");
        build(template, progress);
        return find(template)
                .orElseThrow(() -> new StencilException(
                        Fault.CREATE_FAILED,
                        "The cache of " + template + " was made and is gone again. Try once more."));
    }

    private Optional<Kept> find(String template) throws IOException {
        FileLock lock = layers.keep(LAYER_WAIT);
        boolean found = false;
        try {
            Optional<Kept> kept = generations.current(template).map(generation -> new Kept(generation, lock));
            found = kept.isPresent();
            return kept;
        } finally {
            if (!found) {
                lock.close();
            }
        }
    }

    /** Whatever goes wrong is one failure of creation (spec vzctl 4.3), except a full disk. */
    private void build(String template, Progress progress) {
        try {
            caches.create(new CreateCacheRequest(template, false, CacheOptions.DEFAULT), progress);
        } catch (StencilException e) {
            Fault fault = e.fault() == Fault.NO_SPACE ? Fault.NO_SPACE : Fault.CREATE_FAILED;
            throw new StencilException(fault, String.valueOf(e.getMessage()), e);
        }
    }
}
