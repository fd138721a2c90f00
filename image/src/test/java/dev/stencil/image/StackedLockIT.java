package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stencil.fixtures.TinyPackage;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.host.VzConf;
import dev.stencil.host.VzttConf;
import dev.stencil.image.compare.TemplateStates;
import dev.stencil.image.layer.Installed;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.lock.LockReferences;
import dev.stencil.image.lock.LockedPlan;
import dev.stencil.linux.HostPrograms;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageManagers;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PackageSources;
import dev.stencil.packages.PackageStore;
import dev.stencil.packages.Proxies;
import dev.stencil.packages.Sandboxes;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockClosure;
import dev.stencil.packages.lock.LockedPackage;
import dev.stencil.template.TemplateArea;
import dev.stencil.template.UrlMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks of caches with applications and of those updated in place, with the real apt and dpkg. */
class StackedLockIT {
    @TempDir
    Path temporary;

    private TinyWorld world;

    @BeforeEach
    void open() throws IOException {
        world = TinyWorld.in(temporary);
        world.repository
                .add(TinyPackage.named("web").depends("web-common, hello").file("/usr/share/web", "pages\n"))
                .add(TinyPackage.named("web-common").file("/etc/web.conf", "common\n"))
                .add(TinyPackage.named("lang")
                        .depends("web-common")
                        .file("/usr/share/lang", "words\n")
                        .script("postinst", "echo random > /etc/lang.key; echo random > /etc/os.key"))
                .publish();
        world.host.application("web", "packages", "web\n");
        world.host.application("lang", "packages", "lang\n");
        world.host.os("volatile", "/etc/os.key\n");
        world.host.application("lang", "volatile", "/etc/lang.key\n");
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    // ---- applications

    @Test
    void theLockOfAnAppcache_listsExactlyWhatIsInstalled_andIsClosed() throws IOException {
        create("lang", "web");

        Lock lock = lockOf(current("lang", "web"));
        assertWhole(current("lang", "web"), lock);
        assertThat(lock.template().apps()).containsExactly("lang", "web");
        assertThat(stage(lock, "hello")).as("a package of the OS template").isEqualTo(2);
        assertThat(stage(lock, "lang")).isEqualTo(3);
        assertThat(stage(lock, "web-common")).as("the first one to need it").isEqualTo(3);
        assertThat(stage(lock, "web")).isEqualTo(4);
        assertThat(one(lock, "hello").membership().why()).contains("packages", "web");
        assertThat(one(lock, "web").membership().why()).containsExactly("app/web/default/packages");
        assertThat(one(lock, "web-common").membership().reference()).isEqualTo(LockedPackage.Reference.WEAK);
        assertThat(one(lock, "hello").membership().reference()).isEqualTo(LockedPackage.Reference.STRONG);
        assertThat(lock.inputs()).anyMatch(input -> input.path().equals("app/lang/default/volatile"));
        assertThat(lock.provenance().parent()).contains(lockOf(world.current()).id());
    }

    @Test
    void theCacheOfATemplateWithApplications_isALockByItsName() {
        create("web");

        Lock lock = references().find(TinyWorld.TINY + "+web@cache").lock();

        assertThat(lock.packages()).anyMatch(one -> one.name().equals("web"));
        var generations = new GenerationStore(world.area, new LayerStore(world.area));
        assertThat(new TemplateStates(templates(), generations)
                        .find(TinyWorld.TINY + "+web")
                        .packages())
                .hasSameSizeAs(lock.packages());
    }

    @Test
    void anAppcache_madeAgainAfterTheArchiveWasSignedAnew_staysWithItsLock() throws IOException {
        create("web");
        Generation first = current("web");
        world.repository.publish();

        CacheResult again =
                world.caches().applications().update(selection("web"), TinyWorld.ALWAYS_FRESH, Progress.NONE);

        assertThat(again).isInstanceOf(CacheResult.Unchanged.class);
        assertWhole(current("web"), lockOf(first));
    }

    @Test
    void anAppcache_withoutALock_getsOne_whenItIsMadeAgain() throws IOException {
        create("web");
        Files.delete(current("web").directory().resolve("lock"));

        CacheResult again =
                world.caches().applications().update(selection("web"), TinyWorld.ALWAYS_FRESH, Progress.NONE);

        assertThat(again).isInstanceOf(CacheResult.Built.class);
        assertWhole(current("web"), lockOf(current("web")));
    }

    @Test
    void volatileFilesOfApplicationsAndOfTheSystem_areNotInTheLayer() throws IOException {
        create("lang");

        Path layer = current("lang").trees().getLast();
        assertThat(layer.resolve("usr/share/lang")).exists();
        assertThat(layer.resolve("etc/lang.key")).doesNotExist();
        assertThat(layer.resolve("etc/os.key")).doesNotExist();
    }

    @Test
    void volatileFiles_areInTheRecipe() throws IOException {
        create("lang");
        world.host.application("lang", "volatile", "/etc/other.key\n");

        world.caches().applications().update(selection("lang"), TinyWorld.ALWAYS_FRESH, Progress.NONE);

        assertThat(current("lang").trees().getLast().resolve("etc/lang.key")).hasContent("random");
    }

    // ---- updates in place

    @Test
    void theLockOfAnUpdateInPlace_hasTheNewVersions_andWhatTheListHasGained() throws IOException {
        world.create();
        Lock before = lockOf(world.current());
        world.host.os("packages", "tiny-base hello world web-common\n");
        world.host.os("post-install", "#!/bin/sh\ntrue\n");
        world.publishHello("2.0");

        updateInPlace();

        Lock lock = lockOf(world.current());
        assertWhole(world.current(), lock);
        assertThat(one(lock, "hello").fullVersion()).isEqualTo("2.0");
        assertThat(one(lock, "world")).isEqualTo(one(before, "world"));
        assertThat(stage(lock, "web-common")).isEqualTo(2);
        assertThat(lock.inputs())
                .as("the list is followed now")
                .noneMatch(
                        input -> before.inputs().contains(input) && input.path().equals("packages"));
        assertThat(lock.inputs()).as("never ran").noneMatch(input -> input.path()
                .equals("post-install"));
        assertThat(lock.template().clock())
                .isGreaterThanOrEqualTo(before.template().clock());
        assertThat(lock.provenance().parent()).contains(before.id());
        assertThat(lock.provenance().isOfChange()).isTrue();
        assertThat(lock.packages()).hasSize(before.packages().size() + 1);
    }

    @Test
    void aCacheBelowWithoutALock_isUpdatedAllTheSame() throws IOException {
        world.create();
        Files.delete(world.current().directory().resolve("lock"));
        world.publishHello("2.0");

        assertThat(updateInPlace()).isInstanceOf(CacheResult.Built.class);
        assertThat(world.current().directory().resolve("lock")).doesNotExist();
    }

    @Test
    void aCacheWithADamagedLock_isUpdatedAllTheSame() throws IOException {
        world.create();
        Files.writeString(world.current().directory().resolve("lock"), "lock-version = 1\n");
        world.publishHello("2.0");

        assertThat(updateInPlace()).isInstanceOf(CacheResult.Built.class);
    }

    // ---- one path, two packages

    @Test
    void twoPackagesOfOnePath_areRefused_tellingHowBothCameIn() throws IOException {
        world.repository
                .add(TinyPackage.named("pages").depends("left"))
                .add(TinyPackage.named("left").file("/usr/share/both", "left\n"))
                .add(TinyPackage.named("right").file("/usr/share/both", "right\n"))
                .publish();
        world.host.os("packages", "tiny-base pages right\n");

        StencilException refused = catchThrowableOfType(StencilException.class, world::create);

        assertThat(refused.fault()).isEqualTo(Fault.LOCK_NOT_CLOSED);
        assertThat(refused.fault().vzpkgCode()).isEqualTo(92);
        assertThat(refused)
                .hasMessageContainingAll("/usr/share/both", "packages -> pages -> left", "packages -> right");
    }

    @Test
    void anApplicationWithAPathOfTheSystem_isRefused_tellingHowBothCameIn() throws IOException {
        world.repository
                .add(TinyPackage.named("shop").depends("shop-data"))
                .add(TinyPackage.named("shop-data").file("/usr/share/world", "mine\n"))
                .publish();
        world.host.application("shop", "packages", "shop\n");

        StencilException refused = catchThrowableOfType(StencilException.class, () -> create("shop"));

        assertThat(refused.fault()).isEqualTo(Fault.LOCK_NOT_CLOSED);
        assertThat(refused)
                .hasMessageContainingAll(
                        "/usr/share/world", "app/shop/default/packages -> shop -> shop-data", "packages -> world");
        assertThat(world.caches().find(selection("shop").subject())).isEmpty();
    }

    // ----

    /** It is what is installed, reads as it was written, and its packages are enough for each other. */
    private void assertWhole(Generation generation, Lock lock) throws IOException {
        GenerationManifest manifest = new GenerationStore(world.area, new LayerStore(world.area)).manifest(generation);
        assertThat(lock.packages())
                .extracting(one -> one.packageName().toString())
                .containsExactlyInAnyOrderElementsOf(installed(generation));
        assertThat(manifest.lock()).contains(lock.id());
        assertThat(Lock.parse(lock.text().getBytes(java.nio.charset.StandardCharsets.UTF_8), "again")
                        .id())
                .isEqualTo(lock.id());
        LockedPlan plan = LockedPlan.of(lock, source(lock));
        LockClosure.require(lock, manager().fetchedRelations(source(lock), plan.resolution()));
    }

    /** By dpkg's own database. */
    private List<String> installed(Generation generation) throws IOException {
        String status = Files.readString(world.merged(generation).resolve("var/lib/dpkg/status"));
        var names = Pattern.compile("(?m)^Package: (.*)$")
                .matcher(status)
                .results()
                .map(hit -> hit.group(1))
                .toList();
        var here = new GenerationStore(world.area, new LayerStore(world.area))
                .manifest(generation).packages().stream().map(Installed::name).toList();
        assertThat(here).extracting(PackageName::name).containsExactlyInAnyOrderElementsOf(names);
        return here.stream().map(PackageName::toString).toList();
    }

    private static Lock lockOf(Generation generation) {
        return Lock.read(generation.directory().resolve("lock"));
    }

    private static LockedPackage one(Lock lock, String name) {
        return lock.packages().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long stage(Lock lock, String name) {
        return one(lock, name).membership().stage();
    }

    private void create(String... applications) {
        world.caches().applications().create(selection(applications), false, TinyWorld.ALWAYS_FRESH, Progress.NONE);
    }

    private CacheResult updateInPlace() {
        return world.caches()
                .updateInPlace(new UpdateCacheRequest(TinyWorld.TINY, TinyWorld.ALWAYS_FRESH), Progress.NONE);
    }

    private Generation current(String... applications) {
        return world.caches().find(selection(applications).subject()).orElseThrow();
    }

    private TemplateArea templates() {
        var layout = new HostLayout(world.host.root());
        return TemplateArea.open(layout, VzConf.read(layout));
    }

    private LockReferences references() {
        return new LockReferences(templates(), new GenerationStore(world.area, new LayerStore(world.area)));
    }

    private AppcacheSelection selection(String... applications) {
        return AppcacheSelection.of(
                templates(), new AppcacheWish(Optional.of(TinyWorld.TINY), List.of(applications), true));
    }

    private PackageSource source(Lock lock) {
        TemplateArea area = templates();
        var os = area.require(lock.template().name());
        return new PackageSources(UrlMap.of(area), VzttConf.read(new HostLayout(world.host.root())), Proxies.NONE)
                .of(
                        os,
                        lock.template().apps().stream()
                                .map(name -> area.requireApplication(os, name))
                                .toList());
    }

    private PackageManager manager() {
        var programs = new HostPrograms();
        var store = new PackageStore(world.area.packages(), Proxies.NONE);
        var sandboxes = Sandboxes.in(world.host.root().resolve("run/check"), programs);
        return PackageManagers.with(programs, store, sandboxes, Clock.systemUTC())
                .of(dev.stencil.template.PackageManagerType.DPKG);
    }
}
