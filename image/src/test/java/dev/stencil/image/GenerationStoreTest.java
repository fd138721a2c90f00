package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Digest;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.GenerationManifest.Maker;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.image.layer.Extent;
import dev.stencil.image.layer.Installed;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.layer.LayerDraft;
import dev.stencil.image.layer.LayerRecipe;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.layer.Normalisation;
import dev.stencil.linux.Staging;
import dev.stencil.packages.PackageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationStoreTest {
    private static final String DEBIAN = "debian-12-x86_64";
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final Digest DEB = Digest.of(new byte[] {1});

    @TempDir
    Path temporary;

    private CacheArea area;
    private LayerStore layers;
    private GenerationStore generations;
    private final Set<Digest> inUse = new HashSet<>();
    private CacheSweep sweep;

    @BeforeEach
    void open() {
        area = new CacheArea(temporary.resolve("template"));
        layers = new LayerStore(area);
        generations = new GenerationStore(area, layers);
        sweep = new CacheSweep(area, layers, generations, () -> inUse);
    }

    @Test
    void current_isEmpty_beforeTheFirstCommit() {
        assertThat(generations.current(DEBIAN)).isEmpty();
        assertThat(generations.builtAt(DEBIAN)).isEmpty();
        assertThat(generations.templates()).isEmpty();
    }

    @Test
    void commit_makesTheGenerationCurrent_andItsTreeReadable() throws IOException {
        commit(1, "hello");

        Generation current = generations.current(DEBIAN).orElseThrow();
        assertThat(current.number()).isEqualTo(1);
        assertThat(current.trees().getFirst().resolve("greeting")).hasContent("hello");
        assertThat(Files.readSymbolicLink(area.cachesOf(DEBIAN).resolve("current")))
                .isEqualTo(Path.of("0001"));
        assertThat(generations.templates()).containsExactly(DEBIAN);
    }

    @Test
    void manifest_returnsWhatWasCommitted() throws IOException {
        commit(1, "hello");

        GenerationManifest manifest =
                generations.manifest(generations.current(DEBIAN).orElseThrow());

        assertThat(manifest.built()).isEqualTo(NOON);
        assertThat(manifest.packages())
                .containsExactly(
                        new Installed(new PackageName("base-files", "12.4+\"odd\\", "amd64"), Optional.of(DEB)));
        assertThat(manifest.extent()).isEqualTo(new Extent(1, 5));
    }

    @Test
    void layer_isNamedByTheDigestOfItsRecipe() throws IOException {
        commit(1, "hello");

        Layer layer = generations.current(DEBIAN).orElseThrow().layers().getFirst();

        assertThat(layer.digest()).isEqualTo(Digest.of(Files.readAllBytes(layer.recipe())));
    }

    @Test
    void close_withoutCommit_leavesThePreviousGenerationAndNothingElse() throws IOException {
        commit(1, "first");

        try (var draft = GenerationDraft.begin(area, layers, DEBIAN, 2)) {
            try (LayerDraft layer = draft.newLayer()) {
                Files.writeString(layer.root().resolve("greeting"), "half");
            }
        }

        assertThat(generations.current(DEBIAN).orElseThrow().number()).isEqualTo(1);
        assertThat(names(area.cachesOf(DEBIAN))).containsExactlyInAnyOrder("0001", "current");
    }

    @Test
    void removeLeftovers_discardsWhatADeadRunBegan() throws IOException {
        commit(1, "first");
        Path dead = Files.createDirectories(area.cachesOf(DEBIAN).resolve(Staging.PREFIX + "dead/layer/fs"));
        Files.createSymbolicLink(area.cachesOf(DEBIAN).resolve(".current-0002"), Path.of("0002"));

        sweep.removeLeftovers(DEBIAN);
        sweep.emptyTrash();

        assertThat(dead).doesNotExist();
        assertThat(names(area.cachesOf(DEBIAN))).containsExactlyInAnyOrder("0001", "current");
        assertThat(area.trash()).isEmptyDirectory();
    }

    @Test
    void removeUnused_discardsTheReplacedGenerationWithItsLayer() throws IOException {
        commit(1, "first");
        Layer old = generations.current(DEBIAN).orElseThrow().layers().getFirst();
        commit(2, "second");

        sweep.removeUnused(DEBIAN);

        assertThat(generations.all(DEBIAN)).extracting(Generation::number).containsExactly(2);
        assertThat(layers.find(old.digest())).isEmpty();
        assertThat(layers.all()).hasSize(1);
    }

    @Test
    void removeUnused_discardsAGenerationThatNeverBecameCurrent() throws IOException {
        commit(1, "first");
        commit(2, "second");
        Path link = area.cachesOf(DEBIAN).resolve("current");
        Files.delete(link);
        // As if killed just before the link was replaced.
        Files.createSymbolicLink(link, Path.of("0001"));

        sweep.removeUnused(DEBIAN);

        assertThat(generations.all(DEBIAN)).extracting(Generation::number).containsExactly(1);
        assertThat(layers.all())
                .containsExactlyElementsOf(
                        generations.current(DEBIAN).orElseThrow().layers());
    }

    @Test
    void removeUnused_discardsALayerThatNoGenerationNames() throws IOException {
        commit(1, "first");
        // As if killed between the two renames of a commit.
        Layer orphan = layers.at(Digest.of(new byte[] {2}));
        Files.createDirectories(orphan.files());

        sweep.removeUnused(DEBIAN);

        assertThat(layers.all()).hasSize(1).doesNotContain(orphan);
    }

    @Test
    void removeUnused_keepsWhatAContainerStandsOn() throws IOException {
        commit(1, "first");
        Layer old = generations.current(DEBIAN).orElseThrow().layers().getFirst();
        inUse.add(old.digest());
        commit(2, "second");

        sweep.removeUnused(DEBIAN);

        assertThat(layers.find(old.digest())).isPresent();
        assertThat(generations.all(DEBIAN)).extracting(Generation::number).containsExactly(1, 2);
    }

    @Test
    void removeUnused_keepsLayersOfOtherTemplates() throws IOException {
        commit("other-1-x86_64", 1, "theirs");
        commit(1, "ours");

        sweep.removeUnused(DEBIAN);

        assertThat(layers.all()).hasSize(2);
    }

    @Test
    void removeUnused_removesNothing_whileSomebodyBeginsToUseLayers() throws Exception {
        commit(1, "first");
        commit(2, "second");

        try (var _ = layers.keep(java.time.Duration.ZERO)) {
            var waiting = Thread.ofPlatform().start(() -> {
                try {
                    sweep.removeUnused(DEBIAN);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            Thread.sleep(200);
            assertThat(layers.all()).hasSize(2);
            waiting.interrupt();
            waiting.join();
        }

        assertThat(layers.all()).hasSize(2);
    }

    @Test
    void removeUnused_removesNothing_whenUsersCannotBeTold() throws IOException {
        commit(1, "first");
        commit(2, "second");
        var blind = new CacheSweep(area, layers, generations, () -> {
            throw new IOException("/vz/private is not mounted");
        });

        assertThatThrownBy(() -> blind.removeUnused(DEBIAN)).hasMessageContaining("not mounted");

        assertThat(layers.all()).hasSize(2);
    }

    @Test
    void current_namesFileAndRemedy_whenTheLayersFileIsDamaged() throws IOException {
        commit(1, "first");
        Files.writeString(area.cachesOf(DEBIAN).resolve("0001/layers"), "../../../etc\n");

        assertThatThrownBy(() -> generations.current(DEBIAN))
                .isInstanceOf(StencilException.class)
                .hasMessageContaining("0001/layers")
                .hasMessageContaining("vzpkg create cache --force " + DEBIAN);
    }

    @Test
    void current_refusesALinkThatLeadsElsewhere() throws IOException {
        commit(1, "first");
        Path link = area.cachesOf(DEBIAN).resolve("current");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("../../../../etc"));

        assertThatThrownBy(() -> generations.current(DEBIAN)).isInstanceOf(StencilException.class);
    }

    @Test
    void manifest_saysThatItIsDamaged_whereverItIsCut() throws IOException {
        commit(1, "hello");
        Generation current = generations.current(DEBIAN).orElseThrow();
        Path file = current.directory().resolve("generation.toml");
        String whole = Files.readString(file);

        for (int length = 0; length < whole.indexOf("[[package]]"); length += 7) {
            Files.writeString(file, whole.substring(0, length));
            assertThatThrownBy(() -> generations.manifest(current))
                    .as("cut at " + length)
                    .isInstanceOf(StencilException.class)
                    .hasMessageContaining("generation.toml");
        }
    }

    private void commit(int number, String greeting) throws IOException {
        commit(DEBIAN, number, greeting);
    }

    private void commit(String template, int number, String greeting) throws IOException {
        var maker = new Maker("0.1.0", "dpkgx64");
        var packages = List.of(new Installed(new PackageName("base-files", "12.4+\"odd\\", "amd64"), Optional.of(DEB)));
        Map<String, String> inputs = Map.of("LANG", "C", "build", template + number);
        var recipe = new LayerRecipe(Optional.empty(), "packages", "dpkgx64", NOON, packages, inputs);
        var workshop = new LayerWorkshop(area, layers, Normalisation.NONE, Progress.NONE);
        try (var draft = GenerationDraft.begin(area, layers, template, number)) {
            workshop.add(draft, recipe, root -> Files.writeString(root.resolve("greeting"), greeting));
            Path tree = draft.stack().getFirst().files();
            var manifest = new GenerationManifest(
                    template, NOON, maker, List.of(recipe.digest()), packages, Extent.of(tree), Optional.empty());
            draft.write(GenerationStore.MANIFEST, manifest.text());
            draft.commit();
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
