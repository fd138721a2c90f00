package dev.stencil.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.fixtures.TinyMirror;
import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageStoreTest {
    @TempDir
    Path directory;

    private TinyMirror mirror;
    private PackageStore store;

    @BeforeEach
    void serve() throws IOException {
        mirror = TinyMirror.serving(Files.createDirectory(directory.resolve("mirror")));
        store = store("store");
    }

    @AfterEach
    void stop() {
        mirror.close();
    }

    private PackageStore store(String name) {
        var patience = new Download.Patience(Duration.ofSeconds(2), Duration.ofMillis(300));
        return new PackageStore(directory.resolve(name), Proxies.NONE, patience);
    }

    private PackageFile offer(String name, int size) throws IOException {
        byte[] content = new byte[size];
        new Random(name.hashCode()).nextBytes(content);
        Path file = Files.write(directory.resolve("mirror").resolve(name + ".deb"), content);
        return new PackageFile(
                new PackageName(name, "1", "all"),
                URI.create(mirror.url() + "/" + file.getFileName()),
                size,
                Digest.of(content));
    }

    private Path part(PackageFile file) {
        return Path.of(store.path(file) + ".part");
    }

    @Test
    void fetch_bringsWhatIsMissingAndCountsItsBytes() throws IOException {
        var counted = new AtomicLong();
        List<PackageFile> files = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            files.add(offer("p" + i, 1000 * i));
        }

        store.fetch(files, counting(counted));
        store.fetch(files, counting(counted));

        assertThat(files).allMatch(store::has);
        assertThat(counted.get()).isEqualTo(435_000);
        assertThat(mirror.requests()).as("each file once").hasSize(30);
        for (PackageFile file : files) {
            assertThat(Digest.of(Files.readAllBytes(store.path(file)))).isEqualTo(file.sha256());
        }
    }

    private static Progress counting(AtomicLong count) {
        return new Progress() {
            @Override
            public void stage(String title) {}

            @Override
            public void note(String line) {}

            @Override
            public Task task(String what, long total, Unit unit) {
                return new Task() {
                    @Override
                    public void advance(long amount) {
                        count.addAndGet(amount);
                    }

                    @Override
                    public void close() {}
                };
            }
        };
    }

    @Test
    void fetch_resumesWhatBrokeOff() throws IOException {
        PackageFile file = offer("big", 500_000);
        mirror.breaks("big.deb", TinyMirror.Fault.TRUNCATE, 1);

        store.fetch(List.of(file), Progress.NONE);

        assertThat(store.has(file)).isTrue();
        assertThat(mirror.requests()).hasSize(2);
        assertThat(mirror.requests().getLast()).contains("bytes=2");
        assertThat(part(file)).doesNotExist();
    }

    @Test
    void fetch_resumesWhatAKilledProcessLeft() throws IOException {
        PackageFile file = offer("big", 500_000);
        byte[] content = Files.readAllBytes(directory.resolve("mirror/big.deb"));
        Files.createDirectories(part(file).getParent());
        Files.write(part(file), java.util.Arrays.copyOf(content, 123_456));

        store.fetch(List.of(file), Progress.NONE);

        assertThat(store.has(file)).isTrue();
        assertThat(mirror.requests()).containsExactly("/big.deb bytes=123456-");
    }

    @Test
    void fetch_beginsAgainOnceWhenTheContentIsWrong() throws IOException {
        PackageFile file = offer("p", 5000);
        mirror.breaks("p.deb", TinyMirror.Fault.ALTER, 1);

        store.fetch(List.of(file), Progress.NONE);

        assertThat(store.has(file)).isTrue();
        assertThat(mirror.requests()).containsExactly("/p.deb", "/p.deb");
    }

    @Test
    void fetch_refusesAlteredFiles_namingFileAndMirror() throws IOException {
        PackageFile file = offer("p", 5000);
        mirror.breaks("p.deb", TinyMirror.Fault.ALTER);

        assertThatThrownBy(() -> store.fetch(List.of(file), Progress.NONE))
                .isInstanceOfSatisfying(
                        StencilException.class, e -> assertThat(e.fault()).isEqualTo(Fault.PACKAGE_ALTERED))
                .hasMessageContaining("p=1:all")
                .hasMessageContaining(mirror.url())
                .hasMessageContaining("SHA-256");
        assertThat(store.has(file)).isFalse();

        mirror.mend();
        store.fetch(List.of(file), Progress.NONE);
        assertThat(store.has(file)).isTrue();
    }

    @Test
    void fetch_whenTheLeftoverIsOfAnotherFile_beginsAgain() throws IOException {
        PackageFile file = offer("p", 5000);
        Files.createDirectories(part(file).getParent());
        Files.write(part(file), new byte[4000]);

        store.fetch(List.of(file), Progress.NONE);

        assertThat(store.has(file)).isTrue();
    }

    @Test
    void fetch_doesNotAskTwiceForWhatIsNotThere() throws IOException {
        PackageFile file = offer("gone", 10);
        Files.delete(directory.resolve("mirror/gone.deb"));

        assertThatThrownBy(() -> store.fetch(List.of(file), Progress.NONE))
                .hasMessageContaining("404")
                .hasMessageContaining("update metadata");
        assertThat(mirror.requests()).hasSize(1);
    }

    @Test
    void fetch_triesAgainWhenTheServerIsBusy() throws IOException {
        PackageFile file = offer("p", 10);
        mirror.breaks("p.deb", TinyMirror.Fault.UNAVAILABLE, 2);

        store.fetch(List.of(file), Progress.NONE);

        assertThat(store.has(file)).isTrue();
    }

    @Test
    void fetch_givesUpOnASilentMirror_andKeepsWhatIsThere() throws IOException {
        PackageFile quick = offer("quick", 10);
        PackageFile silent = offer("silent", 20);
        mirror.breaks("silent.deb", TinyMirror.Fault.HANG);

        assertThatThrownBy(() -> store.fetch(List.of(quick, silent), Progress.NONE))
                .isInstanceOf(StencilException.class)
                .hasMessageContaining("silent");
        assertThat(store.has(quick)).isTrue();

        mirror.mend();
        store.fetch(List.of(quick, silent), Progress.NONE);
        assertThat(store.has(silent)).isTrue();
    }

    @Test
    void fetch_takesLocalFiles() throws IOException {
        PackageFile served = offer("p", 3000);
        var local = new PackageFile(
                served.name(), directory.resolve("mirror/p.deb").toUri(), served.sizeBytes(), served.sha256());

        store.fetch(List.of(local), Progress.NONE);

        assertThat(store.has(local)).isTrue();
        assertThat(mirror.requests()).isEmpty();
    }

    @Test
    void twoStoresOfOneDirectory_fetchEachFileOnce() throws Exception {
        List<PackageFile> files = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            files.add(offer("p" + i, 200_000));
        }
        Thread other = Thread.ofVirtual().start(() -> store("store").fetch(files, Progress.NONE));

        store.fetch(files, Progress.NONE);
        other.join();

        assertThat(files).allMatch(store::has);
        assertThat(mirror.requests().stream().distinct()).hasSize(10);
        try (var left = Files.walk(directory.resolve("store"))) {
            assertThat(left.filter(path -> path.toString().endsWith(".part"))).isEmpty();
        }
    }
}
