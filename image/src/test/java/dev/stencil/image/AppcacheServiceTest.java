package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.FakePackageManager.Step;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.layer.LayerUsers;
import dev.stencil.linux.FileLock;
import dev.stencil.linux.HostPrograms;
import dev.stencil.packages.Freshness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Caches with applications over a package manager without packages. Overlays are mounted, so this needs root. */
class AppcacheServiceTest {
    private static final CacheOptions CHECK =
            new CacheOptions(Freshness.LOCAL_ONLY, true, true, FileLock.FOREVER, CacheKind.ANY);

    @TempDir
    Path temporary;

    private TinyArea area;
    private final FakePackageManager manager = new FakePackageManager();
    private CacheService caches;
    private CachedApplications records;

    @BeforeEach
    void open() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        area = new TinyArea(temporary.resolve("host"));
        area.application("web", "packages", "nginx\n");
        area.application("lang", "packages", "php fpm\n");
        area.application("raw", "packages", "raw\n");
        area.application("raw", "golden_image", "no\n");
        caches = new CacheService(
                area.templates,
                area.sources,
                _ -> manager,
                new TemplateScripts(new HostPrograms(), Map.of("PATH", "/usr/bin:/bin")),
                LayerUsers.NONE,
                area.locks(_ -> manager),
                Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC));
        records = new CachedApplications(area.caches, new GenerationStore(area.caches, new LayerStore(area.caches)));
    }

    // ---- making

    @Test
    void create_putsOneLayerUponTheOsCache_whichIsMadeFirst() {
        CacheResult result = create("web", "lang");

        Generation os = caches.find(area.tiny()).orElseThrow();
        Generation made = current("web", "lang");
        assertThat(result).isInstanceOf(CacheResult.Built.class);
        assertThat(made.layers())
                .startsWith(os.layers().toArray(Layer[]::new))
                .hasSize(os.layers().size() + 1);
        assertThat(made.trees().getLast().resolve("pkg").toFile().list()).contains("nginx", "php", "fpm");
        assertThat(made.trees().getLast().resolve("pkg/alpha")).doesNotExist();
    }

    @Test
    void create_keepsTheBooks() throws IOException {
        create("lang", "web");

        Generation made = current("web", "lang");
        assertThat(made.templates().resolve("vzpackages")).content().contains(" alpha ", " nginx ", " php ");
        assertThat(made.templates().resolve("web/timestamp")).hasContent("2026-03-04 05:06:07\n");
        assertThat(made.templates().resolve("tiny-1-x86_64/timestamp")).exists();
        assertThat(new GenerationStore(area.caches, new LayerStore(area.caches)).applications(made))
                .containsExactly("lang", "web");
        assertThat(area.layout.at("/vz/template/cache/" + made.template() + ".list"))
                .hasContent("     lang\n     web\n");
        assertThat(records.list()).singleElement().satisfies(entry -> {
            assertThat(entry.template()).isEqualTo("tiny-1-x86_64");
            assertThat(entry.applications().names()).containsExactly("lang", "web");
        });
    }

    @Test
    void create_isOneCache_whateverTheOrderOfTheApplications() {
        create("web", "lang");

        assertThat(create("lang", ".web", "web")).isInstanceOf(CacheResult.AlreadyExists.class);
    }

    @Test
    void create_leavesOutWhatMayNotBeInACache() {
        create("web", "raw");

        assertThat(current("web").trees().getLast().resolve("pkg/raw")).doesNotExist();
        assertFault(Fault.BAD_VALUE, () -> create("raw"));
        assertFault(Fault.BAD_VALUE, this::create);
    }

    @Test
    void create_runsTheScripts_inTheirOrder_withTheVariable() throws IOException {
        Path log = temporary.resolve("log");
        for (String script : List.of("pre-install-hn", "post-install-hn", "pre-install", "post-install")) {
            for (String application : List.of("web", "lang")) {
                area.applicationScript(
                        application,
                        script,
                        "#!/bin/sh\necho " + script + " " + application + " $APP_CACHE $# >> " + log + "\n");
            }
        }

        create("web", "lang");

        assertThat(Files.readAllLines(log))
                .containsExactly(
                        "pre-install-hn web 1 2",
                        "pre-install-hn lang 1 2",
                        "pre-install web 1 0",
                        "pre-install lang 1 0",
                        "post-install-hn web 1 2",
                        "post-install-hn lang 1 2",
                        "post-install web 1 0",
                        "post-install lang 1 0");
    }

    @Test
    void create_ofAnApplicationWithoutPackages_runsItsScripts() throws IOException {
        area.application("empty", "packages", "\n");
        area.applicationScript("empty", "post-install", "touch $ROOT/was-here\n");

        create("empty");

        assertThat(current("empty").trees().getLast().resolve("was-here")).exists();
    }

    @Test
    void update_takesTheLayerAsItIs_whenNothingHasChanged() {
        create("web");
        manager.calls.clear();

        assertThat(update("web")).isInstanceOf(CacheResult.Unchanged.class);
        assertThat(manager.calls).doesNotContain("amend");
    }

    @Test
    void update_makesTheLayerAnew_whenAScriptHasChanged() throws IOException {
        create("web");
        area.applicationScript("web", "post-install", "true\n");

        assertThat(update("web")).isInstanceOf(CacheResult.Built.class);
        assertThat(current("web").number()).isEqualTo(2);
    }

    @Test
    void update_standsOnTheOsCacheOfNow() {
        create("web");
        manager.version = "2.0";
        caches.update(new UpdateCacheRequest(TinyArea.TINY, CacheOptions.DEFAULT), Progress.NONE);

        update("web");

        Generation os = caches.find(area.tiny()).orElseThrow();
        assertThat(current("web").layers()).startsWith(os.layers().toArray(Layer[]::new));
        assertThat(current("web").templates().resolve("vzpackages"))
                .content()
                .contains("2.0")
                .doesNotContain("1.0");
    }

    @Test
    void anUpdateOfTheOsCache_leavesTheAppcacheWhole() {
        create("web");
        manager.version = "2.0";

        caches.update(new UpdateCacheRequest(TinyArea.TINY, CacheOptions.DEFAULT), Progress.NONE);

        assertThat(current("web").trees()).allSatisfy(tree -> assertThat(tree).isDirectory());
    }

    @Test
    void remove_takesEverythingAway_alsoTheList() throws IOException {
        create("web", "raw");

        RemoveCacheResult result =
                caches.applications().remove(select("raw", "web"), CacheOptions.DEFAULT, Progress.NONE);

        assertThat(result.removed()).hasSize(1);
        assertThat(records.list()).isEmpty();
        assertThat(area.layout.at("/vz/template/cache").toFile().list()).noneMatch(name -> name.endsWith(".list"));
        assertThat(caches.find(area.tiny())).isPresent();
        assertThat(caches.applications()
                        .remove(select("web"), CacheOptions.DEFAULT, Progress.NONE)
                        .removed())
                .isEmpty();
    }

    @Test
    void checkOnly_changesNothing() {
        assertThat(caches.applications().create(select("web"), false, CHECK, Progress.NONE))
                .isInstanceOfSatisfying(
                        CacheResult.Checked.class,
                        checked -> assertThat(checked.plan().install()).hasSize(4));
        assertThat(caches.list()).isEmpty();

        create("lang");
        assertThat(caches.applications().create(select("web"), false, CHECK, Progress.NONE))
                .isInstanceOfSatisfying(
                        CacheResult.CheckedChange.class,
                        checked -> assertThat(checked.plan().install()).hasSize(1));
        assertThat(caches.find(subject("web"))).isEmpty();
    }

    @Test
    void aPreCachedTemplate_isRefused() throws IOException {
        area.file("no_pkg_actions", "");

        assertFault(Fault.PACKAGE_OPERATIONS_FORBIDDEN, () -> create("web"));
        assertFault(Fault.PACKAGE_OPERATIONS_FORBIDDEN, () -> caches.applications()
                .remove(select("web"), CacheOptions.DEFAULT, Progress.NONE));
    }

    @ParameterizedTest
    @EnumSource(names = {"RESOLVE", "FETCH", "UNPACK", "CONFIGURE", "INSTALLED"})
    void update_leavesThePreviousGeneration_whereverItFails(Step step) throws IOException {
        create("web");
        area.applicationScript("web", "post-install", "true\n");
        manager.failAt(step);

        assertThatThrownBy(() -> update("web")).hasMessageContaining("trouble at " + step);

        assertThat(current("web").number()).isEqualTo(1);
        assertThat(TinyWorld.names(area.caches.cachesOf(subject("web").name()))).containsExactly("0001", "current");
        manager.work();
        assertThat(update("web")).isInstanceOf(CacheResult.Built.class);
    }

    // ---- in place

    @Test
    void updateInPlace_putsWhatIsNewerIntoOneMoreLayer() {
        create("web");
        int layers = current("web").layers().size();
        manager.version = "2.0";

        CacheResult result = updateInPlace("web");

        assertThat(result).isInstanceOf(CacheResult.Built.class);
        assertThat(current("web").layers()).hasSize(layers + 1);
        assertThat(current("web").templates().resolve("vzpackages")).content().doesNotContain("1.0");
        assertThat(updateInPlace("web")).isInstanceOf(CacheResult.Unchanged.class);
    }

    @Test
    void updateInPlace_bringsInWhatTheListsHaveGained() throws IOException {
        create("web");
        area.application("web", "packages", "nginx brotli\n");

        updateInPlace("web");

        assertThat(current("web").trees().getLast().resolve("pkg").toFile().list())
                .containsExactly("brotli");
    }

    @Test
    void updateInPlace_ofWhatIsNotCached_isRefused() {
        assertFault(Fault.NOT_CACHED, () -> updateInPlace("web"));
    }

    @Test
    void updateInPlace_runsItsScripts_onlyWhenSomethingIsNewer() throws IOException {
        Path log = temporary.resolve("log");
        area.applicationScript("web", "pre-update", "echo pre web $APP_CACHE >> " + log + "\n");
        area.script("post-update", "echo post os $APP_CACHE >> " + log + "\n");
        create("web");

        updateInPlace("web");
        assertThat(log).doesNotExist();
        manager.version = "2.0";
        updateInPlace("web");

        assertThat(log).hasContent("pre web 1\npost os 1\n");
    }

    @Test
    void updateInPlace_ofAnOsCache_makesItAnew_whenThereIsNoneOrItsLayersAreTooMany() {
        assertThat(updateOsInPlace()).isInstanceOf(CacheResult.Built.class);
        int fresh = caches.find(area.tiny()).orElseThrow().layers().size();

        for (int i = 2; i <= StackUpdate.MOST_LAYERS + 2; i++) {
            manager.version = i + ".0";
            updateOsInPlace();
            int layers = caches.find(area.tiny()).orElseThrow().layers().size();
            assertThat(layers).isBetween(fresh, StackUpdate.MOST_LAYERS);
        }

        assertThat(caches.find(area.tiny()).orElseThrow().layers().size()).isLessThan(StackUpdate.MOST_LAYERS);
    }

    @Test
    void updateInPlace_withCheckOnly_tellsWhatIsNewer() {
        updateOsInPlace();
        manager.version = "2.0";

        CacheResult result = caches.updateInPlace(new UpdateCacheRequest(TinyArea.TINY, CHECK), Progress.NONE);

        assertThat(result).isInstanceOfSatisfying(CacheResult.CheckedChange.class, checked -> assertThat(
                        checked.plan().install())
                .hasSize(3));
        assertThat(caches.find(area.tiny()).orElseThrow().number()).isEqualTo(1);
    }

    // ----

    private CacheResult create(String... applications) {
        return caches.applications().create(select(applications), false, CacheOptions.DEFAULT, Progress.NONE);
    }

    private CacheResult update(String... applications) {
        return caches.applications().update(select(applications), CacheOptions.DEFAULT, Progress.NONE);
    }

    private CacheResult updateInPlace(String... applications) {
        return caches.applications().updateInPlace(select(applications), CacheOptions.DEFAULT, Progress.NONE);
    }

    private CacheResult updateOsInPlace() {
        return caches.updateInPlace(new UpdateCacheRequest(TinyArea.TINY, CacheOptions.DEFAULT), Progress.NONE);
    }

    private AppcacheSelection select(String... applications) {
        return AppcacheSelection.of(
                area.templates, new AppcacheWish(Optional.of("tiny-1"), List.of(applications), true));
    }

    private CacheSubject subject(String... applications) {
        return select(applications).subject();
    }

    private Generation current(String... applications) {
        return caches.find(subject(applications)).orElseThrow();
    }

    private static void assertFault(Fault fault, Runnable action) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(StencilException.class, e -> assertThat(e.fault())
                .isEqualTo(fault));
    }
}
