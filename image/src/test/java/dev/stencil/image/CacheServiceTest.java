package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.FakePackageManager.Step;
import dev.stencil.linux.FileLock;
import dev.stencil.linux.HostPrograms;
import dev.stencil.packages.Freshness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CacheServiceTest {
    private static final String TINY = TinyArea.TINY;

    @TempDir
    Path temporary;

    private TinyArea area;
    private final FakePackageManager manager = new FakePackageManager();
    private final Set<Digest> inUse = new HashSet<>();
    private CacheService caches;

    @BeforeEach
    void open() throws IOException {
        area = new TinyArea(temporary.resolve("host"));
        caches = new CacheService(
                area.templates,
                area.sources,
                _ -> manager,
                new TemplateScripts(new HostPrograms(), Map.of("FROM_CALLER", "yes", "PATH", "/usr/bin:/bin")),
                () -> inUse,
                area.locks(_ -> manager),
                Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.ofHours(2)));
    }

    // ---- making
    // ------------------------------------------------------------------------------------------------------

    @Test
    void create_makesTheFirstGeneration_ofAllThreeLists() {
        CacheResult result = create();

        assertThat(result).asInstanceOf(type(CacheResult.Built.class)).satisfies(built -> {
            assertThat(built.generation().number()).isEqualTo(1);
            assertThat(built.packages()).isEqualTo(3);
        });
        assertThat(current().trees().getFirst().resolve("pkg")).isDirectoryContaining(path -> path.endsWith("zero"));
        assertThat(manager.calls).containsExactly("refresh WHEN_EXPIRED", "resolve", "fetch", "populate", "finish");
    }

    @Test
    void create_keepsTheBooks_asTheOriginalDoes() {
        create();

        assertThat(current().templates().resolve("vzpackages"))
                .hasContent(
                        " alpha                  amd64     1.0\n beta                   amd64     1.0\n zero                   amd64     1.0\n");
        assertThat(current().templates().resolve(TINY + "/timestamp")).hasContent("2026-03-04 07:06:07\n");
    }

    @Test
    void create_doesNothing_whenThereIsACache() {
        create();
        manager.calls.clear();

        CacheResult again = create();

        assertThat(again).isInstanceOf(CacheResult.AlreadyExists.class);
        assertThat(manager.calls).isEmpty();
    }

    @Test
    void create_withForce_replacesTheGeneration_andRemovesTheOldOne() throws IOException {
        create();
        Path old = current().trees().getFirst();
        manager.version = "2.0";

        caches.create(new CreateCacheRequest(TINY, true, CacheOptions.DEFAULT), Progress.NONE);

        assertThat(current().number()).isEqualTo(2);
        assertThat(old).doesNotExist();
        assertThat(names(area.caches.layers())).hasSize(2);
        assertThat(area.caches.trash()).isEmptyDirectory();
    }

    @Test
    void update_keepsLayersThatContainersStandOn() {
        create();
        Path old = current().trees().getFirst();
        inUse.add(current().layers().getFirst().digest());
        manager.version = "2.0";

        caches.update(new UpdateCacheRequest(TINY, CacheOptions.DEFAULT), Progress.NONE);

        assertThat(current().number()).isEqualTo(2);
        assertThat(old).isDirectory();
    }

    @Test
    void update_keepsTheGeneration_whenNothingHasChanged() {
        create();
        manager.calls.clear();

        CacheResult again = caches.update(new UpdateCacheRequest(TINY, CacheOptions.DEFAULT), Progress.NONE);

        assertThat(again).isEqualTo(new CacheResult.Unchanged(current()));
        assertThat(current().number()).isEqualTo(1);
        assertThat(manager.calls).doesNotContain("populate", "finish");
    }

    @Test
    void update_makesOnlyWhatComesAfterThePackages_whenAScriptHasChanged() throws IOException {
        create();
        Path packages = current().trees().getFirst();
        manager.calls.clear();
        area.script("post-install", "true\n");

        caches.update(new UpdateCacheRequest(TINY, CacheOptions.DEFAULT), Progress.NONE);

        assertThat(manager.calls).contains("finish").doesNotContain("populate");
        assertThat(current().trees()).hasSize(2).first().isEqualTo(packages);
        assertThat(current().number()).isEqualTo(2);
    }

    @Test
    void create_withCheckOnly_tellsThePlanAndChangesNothing() {
        var options = new CacheOptions(Freshness.LOCAL_ONLY, true, true, FileLock.FOREVER, CacheKind.ANY);

        CacheResult result = caches.create(new CreateCacheRequest(TINY, false, options), Progress.NONE);

        assertThat(result)
                .asInstanceOf(type(CacheResult.Checked.class))
                .satisfies(checked -> assertThat(checked.plan().install()).hasSize(3));
        assertThat(manager.calls).containsExactly("resolve");
        assertThat(caches.find(area.tiny())).isEmpty();
    }

    @Test
    void require_makesTheCache_whenItIsMissing() {
        Generation made = caches.require(area.tiny(), CacheOptions.DEFAULT, Progress.NONE);

        assertThat(made).isEqualTo(current());
        assertThat(caches.list()).containsExactly(made);
    }

    // ---- trouble
    // -----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void update_leavesThePreviousGeneration_whereverItFails(Step step) throws IOException {
        create();
        manager.version = "2.0";
        manager.failAt(step);

        assertThatThrownBy(() -> caches.update(new UpdateCacheRequest(TINY, CacheOptions.DEFAULT), Progress.NONE))
                .isInstanceOf(StencilException.class)
                .hasMessageContaining("trouble at " + step);

        assertThat(current().number()).isEqualTo(1);
        assertThat(current().trees().getFirst().resolve("pkg/alpha")).hasContent("1.0");
        assertThat(names(area.caches.cachesOf(TINY))).containsExactlyInAnyOrder("0001", "current");

        manager.work();
        caches.update(new UpdateCacheRequest(TINY, CacheOptions.DEFAULT), Progress.NONE);
        assertThat(current().trees().getFirst().resolve("pkg/alpha")).hasContent("2.0");
    }

    @Test
    void create_cleansUp_whenItIsInterrupted() throws Exception {
        var started = new CountDownLatch(1);
        manager.at(Step.CONFIGURE, _ -> {
            started.countDown();
            try {
                Thread.sleep(Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while dpkg was running", e);
            }
        });

        try (var executor = Executors.newSingleThreadExecutor()) {
            var running = executor.submit(this::create);
            started.await();
            executor.shutdownNow();
            assertThatThrownBy(running::get).hasMessageContaining("interrupted");
        }

        assertThat(names(area.caches.cachesOf(TINY))).isEmpty();
        manager.work();
        assertThat(create()).isInstanceOf(CacheResult.Built.class);
    }

    @Test
    void create_saysThatTheDiskIsFull_andHowMuchIsFree() {
        manager.at(Step.UNPACK, _ -> {
            throw new IOException("write usr/lib/x: No space left on device");
        });

        assertThatThrownBy(this::create)
                .asInstanceOf(type(StencilException.class))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.NO_SPACE))
                .satisfies(
                        e -> assertThat(e).hasMessageContaining("MiB are free").hasMessageContaining(TINY));
    }

    // ---- locks
    // -------------------------------------------------------------------------------------------------------

    @Test
    void create_byTwoAtOnce_buildsOnce() throws Exception {
        var first = new CountDownLatch(1);
        manager.at(Step.FETCH, _ -> {
            first.countDown();
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });

        try (var executor = Executors.newFixedThreadPool(2)) {
            var one = executor.submit(this::create);
            first.await();
            var two = executor.submit(this::create);
            assertThat(one.get()).isInstanceOf(CacheResult.Built.class);
            assertThat(two.get()).isInstanceOf(CacheResult.AlreadyExists.class);
        }
        assertThat(manager.calls).filteredOn("populate"::equals).hasSize(1);
    }

    @Test
    void create_namesTheHolder_whenTheLockIsNotFreeInTime() throws Exception {
        Path file = area.caches.cacheLock(TINY);
        Files.createDirectories(file.getParent());
        var options = new CacheOptions(Freshness.WHEN_EXPIRED, false, true, Duration.ofMillis(100), CacheKind.ANY);

        try (var executor = Executors.newSingleThreadExecutor();
                var _ = FileLock.exclusive(file, Duration.ZERO).orElseThrow()) {
            var waiting =
                    executor.submit(() -> caches.create(new CreateCacheRequest(TINY, false, options), Progress.NONE));
            assertThatThrownBy(waiting::get)
                    .cause()
                    .asInstanceOf(type(StencilException.class))
                    .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.LOCKED))
                    .satisfies(e -> assertThat(e)
                            .hasMessageContaining(
                                    "process " + ProcessHandle.current().pid()));
        }
    }

    @Test
    void create_withoutLocks_doesNotWaitForAnybody() throws Exception {
        Path file = area.caches.cacheLock(TINY);
        Files.createDirectories(file.getParent());
        var options = new CacheOptions(Freshness.WHEN_EXPIRED, false, false, FileLock.FOREVER, CacheKind.ANY);

        try (var executor = Executors.newSingleThreadExecutor();
                var _ = FileLock.exclusive(file, Duration.ZERO).orElseThrow()) {
            var running =
                    executor.submit(() -> caches.create(new CreateCacheRequest(TINY, false, options), Progress.NONE));
            assertThat(running.get()).isInstanceOf(CacheResult.Built.class);
        }
    }

    // ---- what templates may ask
    // --------------------------------------------------------------------------------------

    @Test
    void create_refusesAPreCachedTemplate() throws IOException {
        area.file("no_pkg_actions", "");

        assertFault(Fault.PACKAGE_OPERATIONS_FORBIDDEN, TINY, CacheOptions.DEFAULT);
        assertThatThrownBy(() -> caches.remove(new RemoveCacheRequest(TINY, CacheOptions.DEFAULT), Progress.NONE))
                .hasMessageContaining("no_pkg_actions");
    }

    @Test
    void create_refusesAKindThatTheTemplateDoesNotSupport() throws IOException {
        area.file("cache_type", "2\n");
        var ploop = new CacheOptions(
                Freshness.WHEN_EXPIRED, false, true, FileLock.FOREVER, CacheKind.ANY.withFileSystem("ext4"));

        assertFault(Fault.TEMPLATE_BROKEN, TINY, ploop);
        assertThat(create()).as("the native kind").isInstanceOf(CacheResult.Built.class);
    }

    @Test
    void create_refusesUnknownTemplates() {
        assertFault(Fault.TEMPLATE_UNKNOWN, "tinny-1-x86_64", CacheOptions.DEFAULT);
    }

    @Test
    void create_ofAnotherArchitecture_needsForce() throws IOException {
        area.addBase("tiny", "1", "ia64");

        assertFault(Fault.ARCHITECTURE_UNSUPPORTED, "tiny-1-ia64", CacheOptions.DEFAULT);
    }

    // ---- scripts
    // -----------------------------------------------------------------------------------------------------

    @Test
    void scripts_runInTheirOrder_withTheirArguments() throws IOException {
        String log = temporary.resolve("order").toString();
        area.script("pre-cache", "#!/bin/sh\necho pre-cache $(ls $1) $# $FROM_CALLER >> " + log + "\n");
        area.script("mid-pre-install", "echo mid-pre $(ls $ROOT/pkg) $# >> " + log + "\n");
        area.script("mid-post-install", "echo mid-post >> " + log + "\n");
        area.script("post-cache", "echo post-cache $(ls $1/pkg) >> " + log + "\n");
        area.script("post-install", "echo post-install >> " + log + "\n");
        area.script("pre-install", "echo never >> " + log + "\n");

        create();

        assertThat(Path.of(log))
                .hasContent("pre-cache pkg 2 yes\nmid-pre 0\nmid-post\npost-cache alpha beta zero\npost-install\n");
    }

    @Test
    void scripts_insideLeaveNothingOfThemselvesBehind() throws IOException {
        area.script("post-install", "true\n");

        create();

        assertThat(current().trees())
                .allSatisfy(tree -> assertThat(names(tree)).noneMatch(name -> name.startsWith("vztt")));
        assertThat(manager.calls).contains("inside bash");
    }

    @Test
    void scripts_thatAreNotExecutable_areSkipped() throws IOException {
        area.file("pre-cache", "#!/bin/sh\nexit 1\n");

        assertThat(create()).isInstanceOf(CacheResult.Built.class);
    }

    @Test
    void create_namesTheScriptAndItsLastWords_whenItFails() throws IOException {
        area.script("post-install", "echo cannot find the moon >&2; exit 7\n");

        assertThatThrownBy(this::create)
                .asInstanceOf(type(StencilException.class))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.SCRIPT_FAILED))
                .satisfies(e -> assertThat(e)
                        .hasMessageContaining("post-install")
                        .hasMessageContaining("status 7")
                        .hasMessageContaining("cannot find the moon"));
        assertThat(caches.find(area.tiny())).isEmpty();
    }

    // ---- removing, all
    // -----------------------------------------------------------------------------------------------

    @Test
    void remove_takesEverythingAway_andIsContentWithNothing() throws IOException {
        create();

        var removed = caches.remove(new RemoveCacheRequest("." + TINY, CacheOptions.DEFAULT), Progress.NONE);
        var nothing = caches.remove(new RemoveCacheRequest(TINY, CacheOptions.DEFAULT), Progress.NONE);

        assertThat(removed.removed()).hasSize(1);
        assertThat(nothing.removed()).isEmpty();
        assertThat(caches.list()).isEmpty();
        assertThat(names(area.caches.layers())).isEmpty();
    }

    @Test
    void remove_takesDamagedGenerationsAway() throws IOException {
        create();
        Files.writeString(current().directory().resolve("layers"), "nonsense\n");

        caches.remove(new RemoveCacheRequest(TINY, CacheOptions.DEFAULT), Progress.NONE);

        assertThat(caches.list()).isEmpty();
        assertThat(names(area.caches.layers())).isEmpty();
    }

    @Test
    void create_withForce_replacesADamagedGeneration() throws IOException {
        create();
        Files.writeString(current().directory().resolve("layers"), "nonsense\n");

        caches.create(new CreateCacheRequest(TINY, true, CacheOptions.DEFAULT), Progress.NONE);

        assertThat(current().number()).isEqualTo(2);
        assertThat(names(area.caches.cachesOf(TINY))).containsExactlyInAnyOrder("0002", "current");
        assertThat(names(area.caches.layers())).hasSize(2);
    }

    @Test
    void remove_withCheckOnly_onlyTells() {
        create();
        var options = new CacheOptions(Freshness.WHEN_EXPIRED, true, true, FileLock.FOREVER, CacheKind.ANY);

        var result = caches.remove(new RemoveCacheRequest(TINY, options), Progress.NONE);

        assertThat(result.removed()).hasSize(1);
        assertThat(current().number()).isEqualTo(1);
    }

    @Test
    void makeAll_goesOnAfterAFailure_andPassesOverWhatCannotBeMadeHere() throws IOException {
        area.addBase("abel", "1", "x86_64");
        area.addBase("tiny", "1", "ia64");
        Files.delete(area.templates.require("abel-1-x86_64").configDirectory().resolve("repositories"));

        AllCachesResult result = caches.makeAll(false, CacheOptions.DEFAULT, Progress.NONE);

        assertThat(result.done()).extracting(CacheResult::template).containsExactly(TINY);
        assertThat(result.failures())
                .extracting(AllCachesResult.Failed::template)
                .containsExactly("abel-1-x86_64");
    }

    private CacheResult create() {
        return caches.create(new CreateCacheRequest(TINY, false, CacheOptions.DEFAULT), Progress.NONE);
    }

    private Generation current() {
        return caches.find(area.tiny()).orElseThrow();
    }

    private void assertFault(Fault fault, String template, CacheOptions options) {
        assertThatThrownBy(() -> caches.create(new CreateCacheRequest(template, false, options), Progress.NONE))
                .asInstanceOf(type(StencilException.class))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(fault));
    }

    private static List<String> names(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
