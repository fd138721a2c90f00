package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.fixtures.TinyHost;
import dev.stencil.host.Digest;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.VzConf;
import dev.stencil.image.Freed.Kind;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.layer.LayerUsers;
import dev.stencil.packages.PackageStore;
import dev.stencil.packages.Proxies;
import dev.stencil.template.TemplateArea;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes and what stays, on real caches. */
class CleanServiceIT {
    @TempDir
    Path temporary;

    private StagedWorld world;
    private TinyHost host;
    private final Set<Digest> layersInUse = new HashSet<>();
    private final Set<Digest> packagesInUse = new HashSet<>();

    @BeforeEach
    void open() throws IOException {
        world = StagedWorld.in(temporary);
        host = world.host("host");
        StagedWorld.create(host, StagedWorld.LAMP);
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    @Test
    void nothingGoes_whileItIsInForce() throws IOException {
        List<Freed> freed = clean(EnumSet.allOf(Kind.class), false);

        assertThat(freed).filteredOn(one -> one.kind() != Kind.LISTS).allSatisfy(one -> assertThat(one.paths())
                .isEmpty());
        assertThat(world.tree(host, StagedWorld.LAMP).resolve("usr/share/common/web"))
                .exists();
        assertThat(StagedWorld.create(host, StagedWorld.LAMP)).isInstanceOf(CacheResult.Unchanged.class);
    }

    @Test
    void theLastUser_decides_aboutLayersAndPackages() throws IOException {
        List<Layer> stack = StagedWorld.current(host, StagedWorld.LAMP).layers();
        stack.forEach(layer -> layersInUse.add(layer.digest()));
        Digest web = stored("web");
        packagesInUse.add(web);
        TinyWorld.caches(host.root(), users())
                .remove(new RemoveCacheRequest(StagedWorld.LAMP, CacheOptions.DEFAULT), Progress.NONE);

        clean(all(), false);
        assertThat(stack).as("a container stands on them").allSatisfy(layer -> assertThat(layer.files())
                .isDirectory());
        assertThat(store().files().keySet()).as("a container may want it back").containsExactly(web);

        layersInUse.clear();
        packagesInUse.clear();
        List<Freed> told = clean(all(), true);
        assertThat(stack).as("only told").allSatisfy(layer -> assertThat(layer.files())
                .isDirectory());
        List<Freed> freed = clean(all(), false);

        assertThat(freed).isEqualTo(told);
        assertThat(freed)
                .filteredOn(one -> one.kind() == Kind.LAYERS)
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.paths()).hasSize(4);
                    assertThat(one.sizeBytes()).isGreaterThan(1 << 20);
                });
        assertThat(StagedWorld.area(host).layers()).isEmptyDirectory();
        assertThat(store().files()).isEmpty();
        assertThat(StagedWorld.area(host).trash()).isEmptyDirectory();
    }

    @Test
    void packagesOfALockBesideTheTemplate_stay() throws IOException {
        Digest web = stored("web");
        host.os("locks/history/default/r1.lock", "[[package]]\nsha256 = \"" + web.hex() + "\"\n");
        TinyWorld.caches(host.root())
                .remove(new RemoveCacheRequest(StagedWorld.LAMP, CacheOptions.DEFAULT), Progress.NONE);

        clean(all(), false);

        assertThat(store().files().keySet()).containsExactly(web);
    }

    @Test
    void whatAKilledBuildLeft_goes_andWhatARunningOneNeedsStays() throws Exception {
        world.repository
                .add(StagedWorld.withUser("web").version("2.0").script("postinst", "sleep 30"))
                .publish();
        Process build = CacheMaker.start(host.root(), StagedWorld.LAMP);
        awaitStage(build, "stage Installing packages: stage 3");
        int layers = TinyWorld.names(StagedWorld.area(host).layers()).size();

        List<Freed> meanwhile = clean(EnumSet.of(Kind.LEFTOVERS, Kind.GENERATIONS, Kind.LAYERS), false);
        assertThat(meanwhile).allSatisfy(one -> assertThat(one.paths()).isEmpty());
        build.destroyForcibly().waitFor();
        assertThat(TinyWorld.names(StagedWorld.area(host).layers())).hasSize(layers);
        List<Freed> afterwards = clean(all(), false);

        assertThat(afterwards)
                .filteredOn(one -> one.kind() == Kind.LEFTOVERS)
                .singleElement()
                .satisfies(one -> assertThat(one.paths()).hasSize(1));
        assertThat(TinyWorld.names(StagedWorld.area(host).cachesOf(StagedWorld.LAMP)))
                .containsExactly("0001", "current");
        assertThat(world.tree(host, StagedWorld.LAMP).resolve("usr/share/common/web"))
                .exists();
    }

    @Test
    void nothingGoes_whenUsersCannotBeTold() throws IOException {
        var blind = new CleanService(templates(), store(), () -> {
            throw new IOException("/vz/private is not mounted");
        });

        assertThatThrownBy(() -> blind.clean(new CleanRequest(all(), List.of(), false, true), Progress.NONE))
                .hasMessageContaining("not mounted");

        assertThat(world.tree(host, StagedWorld.LAMP).resolve("usr/share/common/web"))
                .exists();
        assertThat(store().files()).isNotEmpty();
    }

    private static void awaitStage(Process build, String stage) throws IOException {
        BufferedReader reader = build.inputReader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.equals(stage)) {
                return;
            }
        }
        throw new AssertionError("ended before: " + stage);
    }

    private static Set<Kind> all() {
        return EnumSet.complementOf(EnumSet.of(Kind.LISTS));
    }

    private List<Freed> clean(Set<Kind> kinds, boolean checkOnly) {
        return new CleanService(templates(), store(), users())
                .clean(new CleanRequest(kinds, List.of(), checkOnly, true), Progress.NONE);
    }

    private LayerUsers users() {
        return new LayerUsers() {
            @Override
            public Set<Digest> layersInUse() {
                return layersInUse;
            }

            @Override
            public Set<Digest> packagesInUse() {
                return packagesInUse;
            }
        };
    }

    private Digest stored(String name) throws IOException {
        var generations = new GenerationStore(StagedWorld.area(host), new LayerStore(StagedWorld.area(host)));
        return generations.manifest(StagedWorld.current(host, StagedWorld.LAMP)).packages().stream()
                .filter(one -> one.name().name().equals(name))
                .findFirst()
                .orElseThrow()
                .sha256()
                .orElseThrow();
    }

    private TemplateArea templates() {
        var layout = new HostLayout(host.root());
        return TemplateArea.open(layout, VzConf.read(layout));
    }

    private PackageStore store() {
        return new PackageStore(StagedWorld.area(host).packages(), Proxies.NONE);
    }
}
