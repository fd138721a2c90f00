package dev.stencil.container.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.lock.LockMode;
import dev.stencil.image.lock.LockRequest;
import dev.stencil.image.lock.LockStore;
import dev.stencil.linux.Program;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.lock.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A container on an overlay goes along the locks of its template, by the root's own dpkg. */
class LockUpdatesIT {
    private static Path home;
    private static TinyRepository repository;
    private static int number;

    private UndoWorld world;
    private TinyHost tiny;
    private String hello;

    @BeforeAll
    static void makeWorld() throws IOException {
        home = Files.createTempDirectory(Path.of("/var/tmp"), "stencil-locked");
        repository = UndoWorld.make(home);
    }

    @AfterAll
    static void removeWorld() throws IOException {
        UndoWorld.delete(home);
    }

    @BeforeEach
    void startContainer() throws IOException {
        hello = "hello" + ++number;
        tiny = TinyHost.in(home.resolve("host"), repository.record(), repository.keyring(), "tiny-base " + hello);
        world = UndoWorld.open(home, "container" + number);
        world.container.start();
    }

    @AfterEach
    void stopContainer() throws IOException {
        world.container.stop();
    }

    @Test
    void update_addsChangesAndRemovesWhatTheLockDid_andRollbackBringsTheFormerLockBack() throws IOException {
        offer(hello("1.0").depends(hello + "-old"), named("-old"), named("-mine"));
        Lock first = lock();
        assertThat(behind())
                .containsExactly(
                        hello + " is not installed, recorded 1.0", hello + "-old is not installed, recorded 1.0");
        follow(false);
        assertThat(behind()).isEmpty();
        world.install(hello + "-mine");
        offer(
                hello("2.0").depends(hello + "-new"),
                named("-new"),
                named("-mine").version("2.0"));
        assertThat(behind()).as("newer packages are no newer lock").isEmpty();
        Lock second = lock();
        assertThat(behind())
                .containsExactly(
                        hello + " is 1.0, recorded 2.0",
                        hello + "-new is not installed, recorded 1.0",
                        hello + "-old is 1.0, recorded not at all");

        PackageChanges changes = follow(false);

        assertThat(changes.added()).extracting(PackageName::name).containsExactly(hello, hello + "-new");
        assertThat(changes.removed()).extracting(PackageName::name).containsExactly(hello + "-old");
        assertThat(world.states())
                .contains(hello + " 2.0 ii", hello + "-mine 1.0 ii")
                .doesNotContain(hello + "-old");
        assertThat(behind()).isEmpty();
        assertThat(record()).contains(LockStore.shown(second.id()));
        assertThat(world.services.rollbacks().generations("701").getLast().lock())
                .contains(LockStore.shown(first.id()));

        world.rollback();

        assertThat(record()).contains(LockStore.shown(first.id()));
        assertThat(world.states()).contains(hello + " 1.0 ii", hello + "-old 1.0 ii", hello + "-mine 1.0 ii");
        assertThat(behind()).hasSize(3);
    }

    @Test
    void exactly_takesAwayWhatNobodyAsksFor_andLeavesApplicationsWithWhatTheyNeed() throws IOException {
        tiny.application("shop" + number, "packages", hello + "-shop\n");
        offer(hello("1.0"), named("-mine"), named("-shop").depends(hello + "-codec"), named("-codec"));
        lock();
        follow(false);
        world.install(hello + "-mine", hello + "-shop");
        assertThat(world.container.applications()).containsExactly("shop" + number);

        PackageChanges changes = follow(true);

        assertThat(changes.removed()).extracting(PackageName::name).containsExactly(hello + "-mine");
        assertThat(world.states()).contains(hello + "-shop 1.0 ii", hello + "-codec 1.0 ii");
        assertThat(world.container.applications()).containsExactly("shop" + number);
    }

    @Test
    void anApplicationThatTheLockDoesNotName_isLeftAlone_andThatIsSaid() throws IOException {
        String shop = "shop" + number;
        tiny.application(shop, "packages", hello + "-shop\n");
        offer(hello("1.0"), named("-shop"));
        lock();
        follow(false);
        world.install(hello + "-shop");
        offer(hello("2.0"), named("-shop").version("2.0"));
        lock();
        var said = new ArrayList<String>();

        follow(false, noted(said));

        assertThat(world.states()).contains(hello + " 2.0 ii", hello + "-shop 1.0 ii");
        assertThat(said)
                .contains("The lock does not name the application " + shop + ": " + hello
                        + "-shop was left alone. Update with: vzpkg update 701 " + shop);
        said.clear();
        lock(shop);
        follow(false, noted(said));
        assertThat(world.states()).contains(hello + "-shop 2.0 ii");
        assertThat(said).as("the lock names it now").noneMatch(line -> line.contains("left alone"));
    }

    private static Progress noted(List<String> lines) {
        return new Progress() {
            @Override
            public void stage(String title) {}

            @Override
            public void note(String line) {
                lines.add(line);
            }

            @Override
            public Task task(String what, long total, Unit unit) {
                return Progress.NONE.task(what, total, unit);
            }
        };
    }

    @Test
    void aPackageThatDoesNotGoWithTheLockGoes_andOneThatNeedsWhatTheLockDroppedKeepsIt() throws IOException {
        offer(hello("1.0").depends(hello + "-old"), named("-old"), named("-rival"));
        offer(named("-mine").depends(hello + "-old"));
        lock();
        follow(false);
        world.install(hello + "-rival", hello + "-mine");
        offer(hello("2.0").field("Conflicts", hello + "-rival"));
        lock();

        PackageChanges changes = follow(false);

        assertThat(changes.removed()).extracting(PackageName::name).containsExactly(hello + "-rival");
        assertThat(world.states()).contains(hello + " 2.0 ii", hello + "-old 1.0 ii", hello + "-mine 1.0 ii");
    }

    @Test
    void update_goesBackToTheLock_fromWhatTheGuestMadeNewer() throws IOException {
        offer(hello("1.0"));
        lock();
        follow(false);
        Path newer = hello("3.0").build(world.home);
        Files.copy(newer, world.file("/root/newer.deb"));
        world.container
                .inside()
                .run(Program.of("dpkg", "-i", "/root/newer.deb"))
                .orThrow();
        assertThat(world.services.inventory().deviations("701")).hasSize(1);

        world.services.packages().restore("701", PackageOptions.DEFAULT, Progress.NONE);

        assertThat(world.states()).contains(hello + " 1.0 ii");
    }

    @Test
    void aFileThatIsNowhereIsNamed_andNothingIsDone() throws IOException {
        offer(hello("1.0"));
        lock();
        repository.publishWithout(hello + "_1.0");
        String before = world.states();

        assertFault(Fault.FETCH_FAILED, hello);

        assertThat(world.states()).isEqualTo(before);
        assertThat(record()).isEmpty();
    }

    @Test
    void aRecordedLockOfAnotherTemplateIsRefused() throws IOException {
        offer(hello("1.0"));
        Lock lock = lock();
        Lock other = Lock.parse(lock.text().getBytes(java.nio.charset.StandardCharsets.UTF_8), "it");
        var template = other.template();
        var strange = new Lock(
                new dev.stencil.packages.lock.LockedTemplate(
                        "other-1-x86_64",
                        template.set(),
                        template.arch(),
                        template.apps(),
                        template.build(),
                        template.flavor(),
                        template.manager(),
                        template.clock()),
                other.inputs(),
                other.repositories(),
                other.images(),
                other.packages(),
                other.provenance());
        Files.writeString(world.container.templates().resolve(ContainerAccess.LOCK_RECORD), strange.text());

        assertFault(Fault.LOCK_DAMAGED, "other-1-x86_64");
    }

    @Test
    void withoutALock_exactIsRefused_andTheNewestPackagesAreTakenOnRequest() throws IOException {
        offer(hello("1.0"));
        Files.deleteIfExists(tiny.osDirectory().resolve("locks/default.lock"));

        assertFault(Fault.LOCK_REQUIRED, "vzpkg lock tiny-1-x86_64");
        lock();
        assertThat(world.services.locks().update("701", LockMode.UNLOCKED, false, UndoWorld.FRESH, Progress.NONE))
                .isEmpty();
    }

    private void assertFault(Fault fault, String words) {
        assertThatThrownBy(() -> follow(true))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessageContaining(words);
    }

    private TinyPackage hello(String version) {
        return TinyPackage.named(hello).version(version).file("/usr/share/" + hello, version + "\n");
    }

    private TinyPackage named(String suffix) {
        return TinyPackage.named(hello + suffix);
    }

    private static void offer(TinyPackage... packages) throws IOException {
        UndoWorld.offer(repository, packages);
    }

    private Lock lock(String... applications) {
        var anew = new LockRequest.Scope.Anew();
        var request = new LockRequest("tiny-1-x86_64", List.of(applications), anew, Optional.empty(), Freshness.ALWAYS);
        return world.locks.lock(request, Progress.NONE).lock();
    }

    private PackageChanges follow(boolean exact) {
        return follow(exact, Progress.NONE);
    }

    private PackageChanges follow(boolean exact, Progress progress) {
        return world.services
                .locks()
                .update("701", LockMode.BY_HOST, exact, PackageOptions.DEFAULT, progress)
                .orElseThrow();
    }

    private List<String> behind() {
        return world.services.locks().standing("701").orElseThrow().behind().stream()
                .map(Deviation::text)
                .toList();
    }

    private Optional<String> record() {
        return new LockRecord(world.container).id();
    }
}
