package dev.stencil.image;

import dev.stencil.linux.Kernel;
import dev.stencil.linux.Mode;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Owner;
import dev.stencil.linux.Root;
import dev.stencil.linux.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * A generation in the making: a directory {@code caches/<template>/.making-…} that holds the new layer as well, so that
 * whoever holds the template's cache lock may delete it. Closed without {@link #commit}, it is removed.
 */
final class GenerationDraft implements AutoCloseable {
    private static final String LAYER = "layer";
    /** Whoever removes layers is done within that time. */
    private static final Duration LAYER_WAIT = Duration.ofMinutes(10);

    private final CacheArea area;
    private final LayerStore layers;
    private final String template;
    private final int number;
    private final Staging staging;

    private GenerationDraft(CacheArea area, LayerStore layers, String template, int number, Staging staging) {
        this.area = area;
        this.layers = layers;
        this.template = template;
        this.number = number;
        this.staging = staging;
    }

    /** Begins generation {@code number}; the root is there and empty. */
    static GenerationDraft begin(CacheArea area, LayerStore layers, String template, int number) throws IOException {
        Path place = area.cachesOf(template).resolve(GenerationStore.nameOf(number));
        var draft = new GenerationDraft(area, layers, template, number, Staging.beside(place));
        try (Root directory = Root.open(draft.staging.directory())) {
            directory.makeDirectory(LAYER, Mode.SECRET_DIRECTORY, Owner.ROOT);
            directory.makeDirectory(LAYER + "/" + Layer.FILES, Mode.DIRECTORY, Owner.ROOT);
            directory.makeDirectory("templates", Mode.DIRECTORY, Owner.ROOT);
            directory.makeDirectory("templates/" + template, Mode.DIRECTORY, Owner.ROOT);
        } catch (IOException e) {
            draft.close();
            throw e;
        }
        return draft;
    }

    /** Where the root is built. */
    Path root() {
        return staging.directory().resolve(LAYER).resolve(Layer.FILES);
    }

    /** Adds a file of the generation's own directory. */
    void write(String name, String text) throws IOException {
        try (Root directory = Root.open(staging.directory())) {
            directory.write(name, text, Mode.FILE, Owner.ROOT);
        }
    }

    /**
     * Makes it the current generation. Everything reaches the disk first; the last step replaces one link. Until then
     * the previous generation is in force, and a crash leaves only what the next run removes.
     */
    void commit(LayerRecipe recipe) throws IOException {
        try (Root directory = Root.open(staging.directory())) {
            directory.write(LAYER + "/" + Layer.RECIPE, recipe.text(), Mode.FILE, Owner.ROOT);
            directory.write(GenerationStore.LAYERS, recipe.digest().hex() + "\n", Mode.FILE, Owner.ROOT);
        }
        makeSecretDirectories(area.layers());
        // Between becoming visible and being referenced a layer looks unused: nobody may sweep now.
        try (var _ = layers.keep(LAYER_WAIT)) {
            Layer layer = layers.at(recipe.digest());
            rename(staging.directory().resolve(LAYER), layer.directory());
            syncDirectory(area.layers());
            staging.commit();
            pointCurrentTo(GenerationStore.nameOf(number));
        }
    }

    private void pointCurrentTo(String name) throws IOException {
        Path directory = area.cachesOf(template);
        Path link = directory.resolve("." + GenerationStore.CURRENT + "-" + name);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(name));
        Files.move(link, directory.resolve(GenerationStore.CURRENT), StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(directory);
    }

    /** Nothing but root may look below: the trees hold setuid programs that nobody updates. */
    static void makeSecretDirectories(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    }

    private static void rename(Path from, Path to) throws IOException {
        Kernel.renameat2(Kernel.AT_FDCWD, from.toString(), Kernel.AT_FDCWD, to.toString(), Kernel.RENAME_NOREPLACE);
    }

    private static void syncDirectory(Path directory) throws IOException {
        int descriptor = Kernel.openat(Kernel.AT_FDCWD, directory.toString(), Kernel.O_RDONLY | Kernel.O_DIRECTORY, 0);
        try {
            Kernel.fsync(descriptor);
        } finally {
            Kernel.close(descriptor);
        }
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
