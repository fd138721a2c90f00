package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stencil.fixtures.TinyPackage;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.host.VzConf;
import dev.stencil.image.RebuildReport.Comparison;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.lock.LockRequest;
import dev.stencil.image.lock.LockResult;
import dev.stencil.image.lock.NamedLock;
import dev.stencil.image.tree.TreeDifference;
import dev.stencil.packages.Freshness;
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

/** Locks that name applications: the caches made from them, and building them once more, with the real apt and dpkg. */
class LockedApplicationsIT {
    @TempDir
    Path temporary;

    private TinyWorld world;

    @BeforeEach
    void open() throws IOException {
        world = TinyWorld.in(temporary);
        world.repository
                .add(web("1.0"))
                .add(TinyPackage.named("web-common").file("/etc/web.conf", "common\n"))
                .add(TinyPackage.named("lang")
                        .depends("web-common")
                        .file("/usr/share/lang", "words\n")
                        .script("postinst", "date > /etc/lang.date; echo secret > /etc/lang.key"))
                .publish();
        world.host.application("web", "packages", "web\n");
        world.host.application("lang", "packages", "lang\n");
        world.host.application("lang", "volatile", "/etc/lang.key\n");
        world.host.applicationScript("web", "post-install", "date > /after-web; ls /usr/share >> /after-web\n");
    }

    private static TinyPackage web(String version) {
        return TinyPackage.named("web")
                .version(version)
                .depends("web-common, hello")
                .file("/usr/share/web", "pages " + version + "\n")
                .script("postinst", "echo $APP_CACHE > /var/lib/web-is-configured");
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    @Test
    void anAppcache_isMadeFromTheLockThatNamesItsApplications() throws IOException {
        world.create();
        NamedLock lock = lock("lang", "web");
        world.repository.add(web("2.0")).publish();

        create("web", "lang");

        Generation made = current("lang", "web");
        assertThat(GenerationStore.lock(made).orElseThrow().id())
                .isEqualTo(lock.lock().id());
        assertThat(made.trees().getLast().resolve("usr/share/web")).hasContent("pages 1.0");
        assertThat(made.templates().resolve("vzpackages")).content().contains(" web ", " lang ", " hello ");
        assertThat(Files.readString(made.directory().resolve("applications"))).contains("lang", "web");
        assertThat(made.layers())
                .as("the OS part is that of the OS cache")
                .startsWith(world.current().layers().toArray(Layer[]::new))
                .hasSize(world.current().layers().size() + 1);
    }

    @Test
    void withoutALockOfItsOwn_anAppcacheIsMadeOfWhatThereIsNow() throws IOException {
        lock("lang", "web");
        world.repository.add(web("2.0")).publish();

        create("web");

        assertThat(current("web").trees().getLast().resolve("usr/share/web")).hasContent("pages 2.0");
    }

    @Test
    void whatIsInstalledAutomatically_isMarkedSo() throws IOException {
        lock("web");
        create("web");

        assertThat(current("web").layers().getLast().directory().resolve("layer.toml"))
                .content()
                .contains("automatic web-common")
                .doesNotContain("automatic web\"", "automatic hello");
    }

    @Test
    void theCacheInForceComesOutAgain_pathByPath_andIsWrittenDown() throws IOException {
        NamedLock lock = lock("lang", "web");
        create("lang", "web");

        RebuildReport report = rebuild(lock);

        assertThat(report.comparison()).isInstanceOfSatisfying(Comparison.WithGeneration.class, with -> {
            assertThat(with.differences()).extracting(TreeDifference::shown).isEmpty();
            assertThat(with.generation()).isEqualTo(current("lang", "web"));
        });
        assertThat(lock.file().resolveSibling("default+lang+web.built"))
                .content()
                .contains(
                        "lock = \"sha256:" + lock.lock().id() + "\"",
                        "tree = \"sha256:" + report.result().tree());
    }

    @Test
    void whatWasChangedInTheLayerOfTheApplications_orBelow_isNamed() throws IOException {
        NamedLock lock = lock("web");
        create("web");
        Files.writeString(current("web").trees().getLast().resolve("usr/share/web"), "altered\n");
        Files.delete(current("web").trees().getFirst().resolve("usr/share/world"));

        RebuildReport report = rebuild(lock);

        assertThat(report.isSame()).isFalse();
        assertThat(report.comparison())
                .isInstanceOfSatisfying(Comparison.WithGeneration.class, with -> assertThat(with.differences())
                        .extracting(TreeDifference::path)
                        .contains("usr/share/web", "usr/share/world")
                        .doesNotContain("usr/bin/hello"));
        assertThat(lock.file().resolveSibling("default+web.built")).doesNotExist();
    }

    @Test
    void withoutACache_theRecordIsCompared_andARandomScriptIsFoundOut() throws IOException {
        NamedLock lock = lock("web");
        RebuildReport first = rebuild(lock);
        assertThat(first.comparison()).isEqualTo(new Comparison.None());
        assertThat(rebuild(lock)).satisfies(again -> {
            assertThat(again.comparison()).isEqualTo(new Comparison.WithRecord(first.result()));
            assertThat(again.isSame()).isTrue();
        });

        world.host.applicationScript("web", "post-install", "head -c 8 /dev/urandom > /random\n");
        NamedLock random = lock("web");
        rebuild(random);

        assertThat(rebuild(random).isSame()).isFalse();
        assertThat(world.shown()).as("nothing is left of it").isEmpty();
    }

    @Test
    void anApplicationThatHasMovedOn_isRefused() throws IOException {
        NamedLock lock = lock("web");
        world.host.application("web", "packages", "web lang\n");

        StencilException refused = catchThrowableOfType(StencilException.class, () -> rebuild(lock));

        assertThat(refused.fault()).isEqualTo(Fault.STALE);
        assertThat(refused).hasMessageContaining("app/web/default/packages changed");
    }

    private RebuildReport rebuild(NamedLock lock) {
        return LockPieces.of(world.host.root()).rebuild().run(lock, Progress.NONE);
    }

    private NamedLock lock(String... applications) {
        var request = new LockRequest(
                TinyWorld.TINY,
                List.of(applications),
                new LockRequest.Scope.Anew(),
                Optional.empty(),
                Freshness.ALWAYS);
        LockResult made = LockPieces.of(world.host.root()).locks().lock(request, Progress.NONE);
        return new NamedLock(TinyWorld.TINY, made.file(), made.lock());
    }

    private void create(String... applications) {
        world.caches().applications().create(selection(applications), false, TinyWorld.ALWAYS_FRESH, Progress.NONE);
    }

    private Generation current(String... applications) {
        return world.caches().find(selection(applications).subject()).orElseThrow();
    }

    private AppcacheSelection selection(String... applications) {
        var layout = new HostLayout(world.host.root());
        return AppcacheSelection.of(
                TemplateArea.open(layout, VzConf.read(layout)),
                new AppcacheWish(Optional.of(TinyWorld.TINY), List.of(applications), true));
    }
}
