package dev.stencil.image.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.stencil.fixtures.TinyMirror;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockDiff;
import dev.stencil.packages.lock.LockWhy;
import dev.stencil.packages.lock.LockedPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks made and renewed with the real apt. */
class LockServiceIT {
    @TempDir
    Path temporary;

    private LockWorld world;

    @BeforeEach
    void open() throws IOException {
        world = LockWorld.withoutBase(temporary);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void lock_namesEverythingExactly() {
        Lock lock = world.lock().lock();

        assertThat(LockWorld.packages(lock)).containsExactly("hello 1.0", "libhello 1.0", "tiny-base 1.0", "world 1.0");
        assertThat(lock.template().name()).isEqualTo("tiny-1-x86_64");
        assertThat(lock.template().flavor()).isEqualTo("is: x86_64");
        assertThat(lock.template().manager()).isEqualTo("apt");
        assertThat(lock.inputs()).extracting("path").contains("packages", "repositories", "package_manager");
        assertThat(lock.repositories().getFirst().url()).isEqualTo("$TINY_SERVER");
        assertThat(lock.repositories().getFirst().state().dated().orElseThrow().getEpochSecond())
                .isEqualTo(lock.template().clock());
        assertThat(member(lock, "hello").membership().why()).containsExactly("packages");
        assertThat(member(lock, "libhello").membership().reference()).isEqualTo(LockedPackage.Reference.WEAK);
        assertThat(LockWhy.of(lock, "libhello").getFirst().chain()).containsExactly("packages", "hello", "libhello");
        assertThat(lock.provenance().revision()).isOne();
    }

    @Test
    void lock_writesNothing_whenNothingChanged() throws IOException {
        world.lock();
        Path file = world.kept().file();
        byte[] before = Files.readAllBytes(file);
        var time = Files.getLastModifiedTime(file);

        world.repository.publish();
        LockResult second = world.lock();

        assertThat(second).isInstanceOf(LockResult.Unchanged.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
        assertThat(world.kept().revisions()).containsExactly(1L);
    }

    @Test
    void lock_keepsEveryRevision() throws IOException {
        Lock first = world.lock().lock();
        publishHello2();

        Lock second = world.lock().lock();

        assertThat(second.provenance().revision()).isEqualTo(2);
        assertThat(second.provenance().parent()).contains(first.id());
        assertThat(world.kept().revision(1)).isEqualTo(first);
        assertThat(world.kept().newest()).contains(second);
        assertThat(Files.readString(world.kept().file())).isEqualTo(second.text());
    }

    @Test
    void lock_takesTheClockThatItIsGiven() {
        world.lock();
        var request = new LockRequest(
                LockWorld.TINY,
                List.of(),
                new LockRequest.Scope.Anew(),
                Optional.of(Instant.ofEpochSecond(1_000_000_000)),
                Freshness.LOCAL_ONLY);

        assertThat(world.locks().lock(request, Progress.NONE).lock().template().clock())
                .isEqualTo(1_000_000_000);
        assertThat(world.locks().lock(request, Progress.NONE)).isInstanceOf(LockResult.Unchanged.class);
        assertThat(world.lock()).as("a lock whose clock was given keeps it").isInstanceOf(LockResult.Unchanged.class);
    }

    @Test
    void update_changesThePackageNamed_andWhatItForces() throws IOException {
        Lock before = world.lock().lock();
        world.repository
                .add(TinyPackage.named("libhello2"))
                .add(TinyPackage.named("hello").version("2.0").depends("libhello2"))
                .add(TinyPackage.named("world").version("2.0"))
                .publish();

        Lock after = world.update("hello").lock();

        assertThat(LockWorld.packages(after))
                .containsExactly("hello 2.0", "libhello2 1.0", "tiny-base 1.0", "world 1.0");
        LockDiff diff = LockDiff.between(before, after);
        assertThat(diff.packages())
                .extracting(change -> change.name().name())
                .containsExactly("hello", "libhello", "libhello2");
        assertThat(LockWorld.packages(world.update().lock())).contains("world 2.0");
    }

    @Test
    void update_keepsVersionsThatTheArchiveNoLongerHas() throws IOException {
        world.lock();
        world.managers()
                .of(world.subject().template().packageManagerType())
                .fetch(
                        world.sources().of(world.subject().template(), List.of()),
                        LockedPlan.of(
                                        world.lock().lock(),
                                        world.sources().of(world.subject().template(), List.of()))
                                .resolution(),
                        Progress.NONE);
        world.repository
                .add(TinyPackage.named("hello").version("2.0").depends("libhello"))
                .publishWithout("world_1.0", "libhello_1.0", "hello_1.0");

        Lock after = world.update("hello").lock();

        assertThat(LockWorld.packages(after))
                .containsExactly("hello 2.0", "libhello 1.0", "tiny-base 1.0", "world 1.0");
        assertThat(member(after, "world").file())
                .isEqualTo(member(world.kept().revision(1), "world").file());
    }

    @Test
    void update_bringsInWhatTheListsName_andDropsWhatTheyNoLongerDo() throws IOException {
        world.lock();
        world.repository
                .add(TinyPackage.named("world").version("2.0"))
                .add(TinyPackage.named("moon").depends("libmoon"))
                .add(TinyPackage.named("libmoon"))
                .publish();
        world.host.os("packages", "world moon\n");

        Lock after = world.update("tiny-base").lock();

        assertThat(LockWorld.packages(after)).containsExactly("libmoon 1.0", "moon 1.0", "tiny-base 1.0", "world 1.0");
        assertThat(member(after, "moon").membership().reference()).isEqualTo(LockedPackage.Reference.STRONG);
    }

    @Test
    void update_namesAPackageThatIsNotInTheLock() {
        world.lock();

        assertThatThrownBy(() -> world.update("nosuchthing"))
                .hasMessageContaining("nosuchthing is not in the lock r1")
                .hasMessageContaining("list");
    }

    @Test
    void check_tellsWhetherThereIsSomethingNewer() throws IOException {
        world.lock();
        assertThat(check().isStale()).isFalse();

        publishHello2();

        assertThat(check().isStale()).isTrue();
        assertThat(world.kept().revisions()).containsExactly(1L);
    }

    @Test
    void lock_ofApplications_isOneOfItsOwn() throws IOException {
        world.repository
                .add(TinyPackage.named("base-of-app"))
                .add(TinyPackage.named("app").depends("base-of-app, libhello"))
                .publish();
        world.host.application("shop", "packages", "app\n");

        Lock lock = world.lock(new LockRequest.Scope.Anew(), "shop").lock();

        assertThat(world.host.osDirectory().resolve("locks/default+shop.lock")).exists();
        assertThat(world.host.osDirectory().resolve("locks/default.lock")).doesNotExist();
        assertThat(lock.template().apps()).containsExactly("shop");
        assertThat(member(lock, "app").membership().stage()).isEqualTo(3);
        assertThat(member(lock, "app").membership().why()).containsExactly("app/shop/default/packages");
        assertThat(member(lock, "libhello").membership().stage()).isEqualTo(2);
    }

    @Test
    void nothingWritten_holdsThePasswordOfTheMirror() throws IOException {
        world.lock();
        publishHello2();
        world.lock();
        world.mirror.breaks("InRelease", TinyMirror.Fault.UNAVAILABLE);

        assertThatThrownBy(world::lock)
                .asInstanceOf(type(StencilException.class))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.FETCH_FAILED))
                .satisfies(e -> assertThat(e).hasMessageNotContaining(LockWorld.PASSWORD));

        try (Stream<Path> files = Files.walk(world.host.osDirectory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(LockWorld.PASSWORD);
            }
        }
    }

    private LockCheck check() {
        return world.locks().check(LockWorld.TINY, List.of(), Freshness.ALWAYS, Progress.NONE);
    }

    private void publishHello2() throws IOException {
        world.repository
                .add(TinyPackage.named("hello").version("2.0").depends("libhello"))
                .publish();
    }

    private static LockedPackage member(Lock lock, String name) {
        return lock.packages().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
