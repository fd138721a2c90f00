package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.fixtures.TinyPackage;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.VzConf;
import dev.stencil.image.layer.Layer;
import dev.stencil.template.TemplateArea;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications in caches and updates in place, with the real apt, dpkg, overlay and sandbox. */
class AppcacheIT {
    @TempDir
    Path temporary;

    private TinyWorld world;

    @BeforeEach
    void open() throws IOException {
        world = TinyWorld.in(temporary);
        world.repository
                .add(TinyPackage.named("web")
                        .depends("web-common")
                        .file("/usr/share/web", "pages\n")
                        .script("preinst", "test -e /before-web")
                        .script(
                                "postinst",
                                "echo $APP_CACHE > /var/lib/web-is-configured; "
                                        + "/usr/sbin/policy-rc.d && touch /var/lib/web-was-started; true"))
                .add(TinyPackage.named("web-common").file("/etc/web.conf", "common\n"))
                .publish();
        world.host.application("web", "packages", "web\n");
        world.host.applicationScript(
                "web", "pre-install", "echo $APP_CACHE > /before-web; ls /usr/share/web || true\n");
        world.host.applicationScript("web", "post-install", "cat /usr/share/web > /after-web\n");
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    @Test
    void create_installsTheApplicationForReal_inALayerOfItsOwn() throws IOException {
        create();

        Path layer = current().trees().getLast();
        assertThat(layer.resolve("after-web")).hasContent("pages");
        assertThat(layer.resolve("before-web")).hasContent("1");
        assertThat(layer.resolve("var/lib/web-is-configured")).hasContent("1");
        assertThat(layer.resolve("var/lib/web-was-started")).doesNotExist();
        assertThat(layer.resolve("usr/sbin/policy-rc.d")).doesNotExist();
        assertThat(layer.resolve("usr/bin/hello")).as("only what changed").doesNotExist();
        assertThat(layer.resolve("var/lib/dpkg/status"))
                .content()
                .contains("Package: web\nStatus: install ok installed", "Package: hello\nStatus: install ok installed");
        assertThat(TinyWorld.names(layer)).noneMatch(name -> name.startsWith(".") || name.startsWith("vztt"));
        assertThat(current().templates().resolve("vzpackages")).content().contains(" web ", " web-common ", " hello ");
    }

    @Test
    void create_ofTheSameThingTwice_findsTheLayer() throws IOException {
        create();
        Layer first = current().layers().getLast();

        CacheResult again = world.caches().applications().update(selection(), TinyWorld.ALWAYS_FRESH, Progress.NONE);

        assertThat(again).isInstanceOf(CacheResult.Unchanged.class);
        assertThat(current().layers().getLast()).isEqualTo(first);
    }

    @Test
    void create_leavesNothing_whenAScriptFails() throws IOException {
        world.host.applicationScript("web", "post-install", "echo no pages today >&2; exit 3\n");

        assertThatThrownBy(this::create).hasMessageContaining("no pages today");

        assertThat(world.caches().find(selection().subject())).isEmpty();
        assertThat(TinyWorld.names(world.area.cachesOf(selection().subject().name())))
                .isEmpty();
        assertThat(world.current()).as("the OS cache, made before").isNotNull();
    }

    @Test
    void updateInPlace_upgradesOnlyWhatIsNewer_inOneMoreLayer() throws IOException {
        world.create();
        int layers = world.current().layers().size();
        world.publishHello("2.0");

        CacheResult result = updateInPlace();

        assertThat(result).isInstanceOf(CacheResult.Built.class);
        Path layer = world.current().trees().getLast();
        assertThat(world.current().layers()).hasSize(layers + 1);
        assertThat(layer.resolve("usr/bin/hello")).content().contains("hello 2.0");
        assertThat(layer.resolve("usr/share/world")).doesNotExist();
        assertThat(world.current().templates().resolve("vzpackages")).content().contains(" hello ", "2.0");
        assertThat(updateInPlace()).isInstanceOf(CacheResult.Unchanged.class);
    }

    @Test
    void updateInPlace_bringsInWhatTheListHasGained_andKeepsFixedVersions() throws IOException {
        world.create();
        world.host.os("packages", "tiny-base hello=1.0 world web-common\n");
        world.publishHello("2.0");

        updateInPlace();

        assertThat(world.current().templates().resolve("vzpackages"))
                .content()
                .contains(" web-common ", " hello                  all       1.0");
    }

    @Test
    void updateInPlace_leavesTheOldGeneration_whenAPackageFails() throws IOException {
        world.create();
        world.repository
                .add(TinyWorld.hello("2.0").script("postinst", "echo broken today >&2; exit 1"))
                .publish();

        assertThatThrownBy(this::updateInPlace).hasMessageContaining("hello");

        assertThat(world.shown()).containsExactly("0001", "current");
    }

    @Test
    void updateInPlace_ofAnAppcache_updatesOsAndApplications() throws IOException {
        create();
        world.publishHello("2.0");
        world.repository
                .add(TinyPackage.named("web-common").version("1.1").file("/etc/web.conf", "new\n"))
                .publish();

        world.caches().applications().updateInPlace(selection(), TinyWorld.ALWAYS_FRESH, Progress.NONE);

        Path layer = current().trees().getLast();
        assertThat(layer.resolve("usr/bin/hello")).content().contains("2.0");
        assertThat(layer.resolve("etc/web.conf")).hasContent("new");
        assertThat(Files.readString(current().directory().resolve("applications")))
                .isEqualTo("web\n");
    }

    private void create() {
        world.caches().applications().create(selection(), false, TinyWorld.ALWAYS_FRESH, Progress.NONE);
    }

    private CacheResult updateInPlace() {
        return world.caches()
                .updateInPlace(new UpdateCacheRequest(TinyWorld.TINY, TinyWorld.ALWAYS_FRESH), Progress.NONE);
    }

    private Generation current() {
        return world.caches().find(selection().subject()).orElseThrow();
    }

    private AppcacheSelection selection() {
        var layout = new HostLayout(world.host.root());
        return AppcacheSelection.of(
                TemplateArea.open(layout, VzConf.read(layout)),
                new AppcacheWish(Optional.of(TinyWorld.TINY), List.of("web"), true));
    }
}
