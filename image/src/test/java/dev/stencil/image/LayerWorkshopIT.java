package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Progress;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.layer.LayerDraft;
import dev.stencil.image.layer.LayerRecipe;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.layer.LayerUsers;
import dev.stencil.image.layer.LayerWork;
import dev.stencil.image.layer.Normalisation;
import dev.stencil.linux.Kernel;
import dev.stencil.linux.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers upon layers, with real overlays. */
class LayerWorkshopIT {
    @TempDir
    Path temporary;

    private CacheArea area;
    private LayerStore layers;
    private LayerWorkshop workshop;
    private final List<String> normalised = new ArrayList<>();

    @BeforeEach
    void open() {
        area = new CacheArea(temporary.resolve("template"));
        layers = new LayerStore(area);
        workshop = new LayerWorkshop(area, layers, new Recorded(), Progress.NONE);
    }

    @AfterEach
    void nothingStaysMounted() throws IOException {
        assertThat(Mounts.detachBelow(temporary)).as("mounts left behind").isZero();
    }

    @Test
    void add_makesALayerOfTheChangesOnly_andRemembersWhatIsGone() throws IOException {
        try (GenerationDraft draft = begin("one")) {
            workshop.add(draft, recipe(draft, "below"), root -> {
                Files.createDirectories(root.resolve("usr/lib"));
                Files.writeString(root.resolve("usr/kept"), "kept");
                Files.writeString(root.resolve("usr/gone"), "gone");
                Files.writeString(root.resolve("usr/lib/old"), "old");
            });

            Layer top = workshop.add(draft, recipe(draft, "above"), root -> {
                assertThat(root.resolve("usr/kept")).hasContent("kept");
                Files.delete(root.resolve("usr/gone"));
                Files.delete(root.resolve("usr/lib/old"));
                Files.delete(root.resolve("usr/lib"));
                Files.createDirectory(root.resolve("usr/lib"));
                Files.writeString(root.resolve("usr/new"), "new");
            });

            assertThat(TinyWorld.names(top.files().resolve("usr"))).containsExactly("gone", "lib", "new");
            Path whiteout = top.files().resolve("usr/gone");
            assertThat(Kernel.statx(Kernel.AT_FDCWD, whiteout.toString(), Kernel.AT_SYMLINK_NOFOLLOW)
                            .type())
                    .isEqualTo(Kernel.S_IFCHR);
            assertThat(Kernel.llistxattr(top.files().resolve("usr/lib").toString()))
                    .contains("trusted.overlay.opaque");
            assertThat(Kernel.llistxattr(top.files().resolve("usr").toString())).isEmpty();
            assertThat(Kernel.llistxattr(top.files().toString())).isEmpty();
            try (LayerDraft reader = draft.newLayer()) {
                assertThat(TinyWorld.names(reader.root().resolve("usr"))).containsExactly("kept", "lib", "new");
                assertThat(reader.root().resolve("usr/lib")).isEmptyDirectory();
            }
        }
    }

    @Test
    void add_keepsTheModeOfTheTop() throws IOException {
        try (GenerationDraft draft = begin("one")) {
            workshop.add(draft, recipe(draft, "below"), root -> {
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-x---"));
            });
            Layer top = workshop.add(draft, recipe(draft, "above"), root -> Files.writeString(root.resolve("a"), "a"));

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(top.files())))
                    .isEqualTo("rwxr-x---");
        }
    }

    @Test
    void add_normalisesTheRootWhileItIsWhole_andTheLayerAlone() throws IOException {
        try (GenerationDraft draft = begin("one")) {
            workshop.add(draft, recipe(draft, "below"), root -> Files.writeString(root.resolve("a"), "a"));
            workshop.add(draft, recipe(draft, "above"), root -> Files.writeString(root.resolve("b"), "b"));
        }

        assertThat(normalised).containsExactly("root [a]", "layer [a]", "root [a, b]", "layer [b]");
    }

    @Test
    void add_doesNothing_whenTheLayerIsThere() throws IOException {
        var made = new AtomicInteger();
        for (String cache : List.of("one", "two")) {
            try (GenerationDraft draft = begin(cache)) {
                workshop.add(draft, recipe(draft, "below"), root -> made.incrementAndGet());
                draft.write(GenerationStore.MANIFEST, "");
                draft.commit();
            }
        }

        assertThat(made).hasValue(1);
        var generations = new GenerationStore(area, layers);
        assertThat(generations.current("one").orElseThrow().layers())
                .isEqualTo(generations.current("two").orElseThrow().layers());
        assertThat(area.building()).isEmptyDirectory();
    }

    @Test
    void add_byTwoAtOnce_isDoneOnce_andTheOtherUsesIt() throws Exception {
        var made = new AtomicInteger();
        var begun = new CountDownLatch(1);
        var second = new LayerWorkshop(area, layers, Normalisation.NONE, Progress.NONE);
        try (var pool = Executors.newFixedThreadPool(2)) {
            var one = pool.submit(() -> build("one", workshop, root -> {
                made.incrementAndGet();
                begun.countDown();
                pause(300);
            }));
            begun.await();
            var two = pool.submit(() -> build("two", second, root -> made.incrementAndGet()));

            assertThat(one.get()).isEqualTo(two.get());
        }

        assertThat(made).hasValue(1);
    }

    @Test
    void add_isDoneByWhoWaits_whenTheOtherFails() throws Exception {
        var begun = new CountDownLatch(1);
        try (var pool = Executors.newFixedThreadPool(2)) {
            var one = pool.submit(() -> build("one", workshop, root -> {
                begun.countDown();
                pause(300);
                throw new IOException("no moon");
            }));
            begun.await();
            var two = pool.submit(() -> build("two", workshop, root -> Files.writeString(root.resolve("a"), "a")));

            assertThatThrownBy(one::get).hasMessageContaining("no moon");
            assertThat(two.get().files().resolve("a")).hasContent("a");
        }
        assertThat(TinyWorld.names(area.cachesOf("one"))).isEmpty();
    }

    @Test
    void add_makesItAgain_whenItWasNotSyncedBeforeTheHostWasStartedAnew() throws Exception {
        Layer layer = build("one", workshop, root -> Files.writeString(root.resolve("a"), "lost half"));
        assertThat(layer.unsynced()).exists();
        Files.writeString(layer.unsynced(), "another boot\n");

        Layer again = build("two", workshop, root -> Files.writeString(root.resolve("a"), "whole"));

        assertThat(again).isEqualTo(layer);
        assertThat(again.files().resolve("a")).hasContent("whole");
    }

    @Test
    void commit_marksItsLayersAsSynced() throws IOException {
        try (GenerationDraft draft = begin("one")) {
            Layer layer = workshop.add(draft, recipe(draft, "below"), root -> {});
            draft.write(GenerationStore.MANIFEST, "");
            draft.commit();

            assertThat(TinyWorld.names(layer.directory())).containsExactly("fs", "layer.toml");
        }
    }

    @Test
    void sweep_keepsTheLayersOfWhatIsBeingMade() throws IOException {
        var generations = new GenerationStore(area, layers);
        var sweep = new CacheSweep(area, layers, generations, LayerUsers.NONE);
        try (GenerationDraft draft = begin("one")) {
            Layer layer = workshop.add(draft, recipe(draft, "below"), root -> {});

            sweep.removeUnused("two");
            assertThat(layers.find(layer.digest())).isPresent();
        }

        sweep.removeUnused("two");
        assertThat(layers.all()).isEmpty();
    }

    private Layer build(String cache, LayerWorkshop by, LayerWork work) throws IOException {
        try (GenerationDraft draft = begin(cache)) {
            return by.add(draft, recipe(draft, "below"), work);
        }
    }

    private GenerationDraft begin(String cache) throws IOException {
        return GenerationDraft.begin(area, layers, cache, 1);
    }

    private static LayerRecipe recipe(GenerationDraft draft, String work) {
        var below = draft.stack().isEmpty()
                ? Optional.<dev.stencil.host.Digest>empty()
                : Optional.of(draft.stack().getLast().digest());
        return new LayerRecipe(below, work, "dpkgx64", Instant.EPOCH, List.of(), Map.of());
    }

    private static void pause(int millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private final class Recorded implements Normalisation {
        @Override
        public void inRoot(Path root, Instant clock) throws IOException {
            normalised.add("root " + TinyWorld.names(root));
        }

        @Override
        public void ofLayer(Path tree, Instant clock) throws IOException {
            normalised.add("layer " + TinyWorld.names(tree));
        }
    }
}
