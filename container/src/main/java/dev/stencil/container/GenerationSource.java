package dev.stencil.container;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.AppcacheSelection;
import dev.stencil.image.CacheOptions;
import dev.stencil.image.CreateCacheRequest;
import dev.stencil.image.Generation;
import dev.stencil.image.GenerationStore;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.linux.FileLock;
import dev.stencil.template.AppTemplate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What new containers stand on: the current generation of a template, with applications or without, made first when it is
 * missing.
 */
public final class GenerationSource {
    private static final Duration LAYER_WAIT = Duration.ofSeconds(60);

    private final GenerationStore generations;
    private final LayerStore layers;
    private final CacheSource caches;
    private final Optional<AppcacheSource> appcaches;

    /** Applications come from caches that are there already; none is made. */
    public GenerationSource(GenerationStore generations, LayerStore layers, CacheSource caches) {
        this(generations, layers, caches, Optional.empty());
    }

    /** As the other, with a maker of caches with applications. */
    public GenerationSource(
            GenerationStore generations, LayerStore layers, CacheSource caches, AppcacheSource appcaches) {
        this(generations, layers, caches, Optional.of(appcaches));
    }

    private GenerationSource(
            GenerationStore generations, LayerStore layers, CacheSource caches, Optional<AppcacheSource> appcaches) {
        this.generations = generations;
        this.layers = layers;
        this.caches = caches;
        this.appcaches = appcaches;
    }

    /**
     * A generation that cannot go away until this is closed.
     *
     * @param applications what it holds, for {@code TEMPLATES}
     * @param missing what was wanted and is not in it
     */
    record Kept(Generation generation, List<String> applications, List<String> missing, FileLock lock)
            implements AutoCloseable {
        Kept {
            applications = List.copyOf(applications);
            missing = List.copyOf(missing);
        }

        List<Digest> layers() {
            return generation.layers().stream().map(Layer::digest).toList();
        }

        @Override
        public void close() throws IOException {
            lock.close();
        }
    }

    /**
     * The current generation with all of {@code selection} that may be in a cache, or of its OS template alone where there is
     * none and {@code mayMake} does not allow to make it. Making one takes minutes.
     */
    Kept require(AppcacheSelection selection, boolean mayMake, Progress progress) throws IOException {
        String name = selection.subject().name();
        List<String> others = names(selection.others());
        Optional<Kept> found = find(name, others);
        if (found.isPresent()) {
            return found.get();
        }
        String template = selection.template().name();
        if (selection.cached().isEmpty()) {
            progress.note("OS template " + template + " is not cached yet; its cache is being made");
            make(() -> caches.create(new CreateCacheRequest(template, false, CacheOptions.DEFAULT), progress));
            return found(name, others);
        }
        if (mayMake && appcaches.isPresent()) {
            progress.note("OS template " + template + " with " + String.join(" ", names(selection.cached()))
                    + " is not cached yet; its cache is being made");
            AppcacheSource source = appcaches.get();
            make(() -> source.create(selection, progress));
            return found(name, others);
        }
        List<AppTemplate> all = new ArrayList<>(selection.cached());
        all.addAll(selection.others());
        return require(new AppcacheSelection(selection.template(), List.of(), all), mayMake, progress);
    }

    private static List<String> names(List<AppTemplate> templates) {
        return templates.stream().map(AppTemplate::name).toList();
    }

    private Kept found(String name, List<String> missing) throws IOException {
        return find(name, missing)
                .orElseThrow(() -> new StencilException(
                        Fault.CREATE_FAILED, "The cache " + name + " was made and is gone again. Try once more."));
    }

    private Optional<Kept> find(String name, List<String> missing) throws IOException {
        FileLock lock = layers.keep(LAYER_WAIT);
        boolean found = false;
        try {
            Optional<Kept> kept = generations
                    .current(name)
                    .map(generation -> new Kept(generation, generations.applications(generation), missing, lock));
            found = kept.isPresent();
            return kept;
        } finally {
            if (!found) {
                lock.close();
            }
        }
    }

    /** Whatever goes wrong is one failure of creation (spec vzctl 4.3), except a full disk. */
    private static void make(Runnable maker) {
        try {
            maker.run();
        } catch (StencilException e) {
            Fault fault = e.fault() == Fault.NO_SPACE ? Fault.NO_SPACE : Fault.CREATE_FAILED;
            throw new StencilException(fault, String.valueOf(e.getMessage()), e);
        }
    }
}
