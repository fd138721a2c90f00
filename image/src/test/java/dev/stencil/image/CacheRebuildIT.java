package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.fixtures.TinyMirror;
import dev.stencil.host.Progress;
import dev.stencil.image.RebuildReport.Comparison;
import dev.stencil.image.lock.LockRequest;
import dev.stencil.image.lock.LockResult;
import dev.stencil.image.lock.NamedLock;
import dev.stencil.image.tree.TreeDifference;
import dev.stencil.packages.Freshness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Building a lock once more, with the real apt, dpkg and sandbox. */
class CacheRebuildIT {
    @TempDir
    Path temporary;

    private TinyWorld world;

    @BeforeEach
    void open() throws IOException {
        world = TinyWorld.in(temporary);
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    @Test
    void theCacheInForceComesOutAgain_andIsWrittenDown() throws IOException {
        NamedLock lock = lock();
        world.create();

        RebuildReport report = pieces().rebuild().run(lock, Progress.NONE);

        assertThat(report.comparison()).isInstanceOfSatisfying(Comparison.WithGeneration.class, with -> {
            assertThat(with.differences()).extracting(TreeDifference::shown).isEmpty();
            assertThat(with.generation().number()).isEqualTo(1);
        });
        assertThat(report.isSame()).isTrue();
        assertThat(lock.file().resolveSibling("default.built"))
                .content()
                .contains(
                        "lock = \"sha256:" + lock.lock().id() + "\"",
                        "tree = \"sha256:" + report.result().tree());
        assertThat(world.shown()).containsExactly("0001", "current");
    }

    @Test
    void whatWasChangedInTheCacheIsNamed() throws IOException {
        NamedLock lock = lock();
        world.create();
        Files.writeString(world.current().layers().getFirst().files().resolve("usr/bin/hello"), "altered\n");

        RebuildReport report = pieces().rebuild().run(lock, Progress.NONE);

        assertThat(report.isSame()).isFalse();
        assertThat(report.comparison())
                .isInstanceOfSatisfying(Comparison.WithGeneration.class, with -> assertThat(with.differences())
                        .extracting(TreeDifference::shown)
                        .contains("usr/bin/hello: content, mtime"));
        assertThat(lock.file().resolveSibling("default.built")).doesNotExist();
    }

    @Test
    void anotherMirrorGivesTheSame() throws Exception {
        world.repository
                .add(TinyWorld.hello("2.0").file("/etc/apt/apt.conf.d/01hello", "// none\n"))
                .publish();
        world.host.os("repositories", "$TINY tiny main\n");
        Path map = world.host.root().resolve("vz/template/conf/vztt/url.map");
        Files.writeString(map, "$TINY " + world.mirror.url() + "\n");
        NamedLock lock = lock();
        world.create();
        try (TinyMirror other = TinyMirror.serving(world.repository.directory())) {
            Files.writeString(map, "$TINY " + other.url() + "\n");

            RebuildReport report = pieces().rebuild().run(lock, Progress.NONE);

            assertThat(world.tree().resolve("etc/apt/sources.list")).hasContent("deb " + world.mirror.record());
            assertThat(report.comparison())
                    .isInstanceOfSatisfying(Comparison.WithGeneration.class, with -> assertThat(with.differences())
                            .extracting(TreeDifference::shown)
                            .isEmpty());
        }
    }

    @Test
    void withoutACacheTheRecordIsCompared_andARandomPackageIsFoundOut() throws IOException {
        world.repository
                .add(TinyWorld.hello("2.0").script("postinst", "head -c 8 /dev/urandom > /etc/random"))
                .publish();
        NamedLock lock = lock();

        RebuildReport first = pieces().rebuild().run(lock, Progress.NONE);
        RebuildReport second = pieces().rebuild().run(lock, Progress.NONE);

        assertThat(first.comparison()).isEqualTo(new Comparison.None());
        assertThat(second.comparison()).isEqualTo(new Comparison.WithRecord(first.result()));
        assertThat(second.isSame()).isFalse();
        assertThat(second.result().files()).isEqualTo(first.result().files());
    }

    @Test
    void aTemplateThatHasMovedOnIsRefused() throws IOException {
        NamedLock lock = lock();
        world.host.os("packages", "tiny-base hello\n");

        assertThatThrownBy(() -> pieces().rebuild().run(lock, Progress.NONE))
                .hasMessageContaining("the template has moved on");
    }

    private NamedLock lock() {
        var request = new LockRequest(
                TinyWorld.TINY, List.of(), new LockRequest.Scope.Anew(), Optional.empty(), Freshness.ALWAYS);
        LockResult made = pieces().locks().lock(request, Progress.NONE);
        return new NamedLock(TinyWorld.TINY, made.file(), made.lock());
    }

    private LockPieces pieces() {
        return LockPieces.of(world.host.root());
    }
}
