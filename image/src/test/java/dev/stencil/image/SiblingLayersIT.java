package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stencil.fixtures.TinyHost;
import dev.stencil.image.tree.TreeManifest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates that begin alike share the layers they begin with, and what comes out is the same as without sharing. */
class SiblingLayersIT {
    @TempDir
    Path temporary;

    private StagedWorld world;

    @BeforeEach
    void open() throws IOException {
        world = StagedWorld.in(temporary);
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    @Test
    void aTree_isTheSame_coldUponASiblingAndInParallel() throws Exception {
        TinyHost cold = world.host("cold");
        StagedWorld.create(cold, StagedWorld.LAMP);

        TinyHost sibling = world.host("sibling");
        StagedWorld.create(sibling, StagedWorld.MINIMAL);
        StagedWorld.create(sibling, StagedWorld.BASE);
        StagedWorld.create(sibling, StagedWorld.LAMP);

        TinyHost parallel = world.host("parallel");
        List<Process> both = List.of(
                CacheMaker.start(parallel.root(), StagedWorld.BASE),
                CacheMaker.start(parallel.root(), StagedWorld.LAMP));
        for (Process process : both) {
            try (BufferedReader reader = process.inputReader()) {
                assertThat(reader.lines()).last().asString().startsWith("made Built");
            }
        }

        assertThat(names(sibling, StagedWorld.LAMP)).isEqualTo(names(cold, StagedWorld.LAMP));
        assertThat(names(parallel, StagedWorld.LAMP)).isEqualTo(names(cold, StagedWorld.LAMP));
        Path tree = world.tree(cold, StagedWorld.LAMP);
        assertThat(Files.readAllLines(tree.resolve("etc/passwd"))).hasSize(2 + 26);
        TreeManifest expected = TreeManifest.read(tree);
        TreeManifest uponSibling = TreeManifest.read(world.tree(sibling, StagedWorld.LAMP));
        TreeManifest inParallel = TreeManifest.read(world.tree(parallel, StagedWorld.LAMP));
        assertThat(expected.differencesTo(uponSibling)).isEmpty();
        assertThat(expected.differencesTo(inParallel)).isEmpty();
        assertThat(uponSibling.digest()).isEqualTo(expected.digest());
        assertThat(inParallel.digest()).isEqualTo(expected.digest());
        assertThat(TreeManifest.read(world.tree(sibling, StagedWorld.BASE)).digest())
                .as("another template")
                .isNotEqualTo(expected.digest());
    }

    @Test
    void siblings_shareTheLayersTheyBeginWith() throws IOException {
        TinyHost host = world.host("host");

        StagedWorld.create(host, StagedWorld.MINIMAL);
        StagedWorld.create(host, StagedWorld.LAMP);
        StagedWorld.create(host, StagedWorld.BASE);

        assertThat(names(host, StagedWorld.MINIMAL)).hasSize(2);
        assertThat(names(host, StagedWorld.BASE)).hasSize(4);
        assertThat(names(host, StagedWorld.LAMP)).hasSize(4);
        assertThat(names(host, StagedWorld.BASE).subList(0, 2))
                .isEqualTo(names(host, StagedWorld.LAMP).subList(0, 2));
        assertThat(names(host, StagedWorld.MINIMAL).getFirst())
                .isEqualTo(names(host, StagedWorld.BASE).getFirst());
        assertThat(TinyWorld.names(StagedWorld.area(host).layers())).hasSize(1 + 1 + 1 + 2 + 2);
    }

    @Test
    void removingOneTemplate_keepsWhatItsSiblingsStandOn() throws IOException {
        TinyHost host = world.host("host");
        StagedWorld.create(host, StagedWorld.BASE);
        StagedWorld.create(host, StagedWorld.LAMP);

        TinyWorld.caches(host.root())
                .remove(new RemoveCacheRequest(StagedWorld.BASE, CacheOptions.DEFAULT), dev.stencil.host.Progress.NONE);

        assertThat(TinyWorld.names(StagedWorld.area(host).layers()))
                .containsExactlyInAnyOrderElementsOf(names(host, StagedWorld.LAMP));
        assertThat(world.tree(host, StagedWorld.LAMP).resolve("usr/share/common/web"))
                .exists();
    }

    @Test
    void anUpdate_makesOnlyTheLayersAboveWhatHasChanged() throws IOException {
        TinyHost host = world.host("host");
        StagedWorld.create(host, StagedWorld.LAMP);
        List<String> before = names(host, StagedWorld.LAMP);
        world.repository.add(StagedWorld.withUser("web").version("2.0")).publish();

        StagedWorld.create(host, StagedWorld.LAMP);

        assertThat(names(host, StagedWorld.LAMP).subList(0, 2)).isEqualTo(before.subList(0, 2));
        assertThat(names(host, StagedWorld.LAMP).subList(2, 4)).doesNotContainAnyElementsOf(before);
        assertThat(TinyWorld.names(StagedWorld.area(host).layers())).hasSize(4);
    }

    private static List<String> names(TinyHost host, String template) {
        return StagedWorld.current(host, template).layers().stream()
                .map(layer -> layer.digest().hex())
                .toList();
    }
}
