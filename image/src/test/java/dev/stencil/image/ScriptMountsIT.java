package dev.stencil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stencil.host.Progress;
import dev.stencil.image.layer.LayerUsers;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of the host may mount things below the root; deleting or committing it must not reach into them. */
class ScriptMountsIT {
    @TempDir
    Path temporary;

    private TinyArea area;
    private Path precious;
    private CacheService caches;

    @BeforeEach
    void open() throws IOException {
        area = new TinyArea(temporary.resolve("host"));
        precious = Files.createDirectory(temporary.resolve("outside")).resolve("precious");
        Files.writeString(precious, "x");
        caches = new CacheService(
                area.templates,
                area.sources,
                _ -> new FakePackageManager(),
                new TemplateScripts(new HostPrograms(), Map.of("PATH", "/usr/bin:/bin")),
                LayerUsers.NONE,
                area.locks(_ -> new FakePackageManager()),
                Clock.systemUTC());
    }

    @AfterEach
    void unmount() throws IOException {
        Mounts.detachBelow(temporary);
    }

    @Test
    void create_neverDeletesIntoAMount_thatAFailingScriptLeft() throws IOException {
        area.script("pre-cache", mountScript() + " && exit 1\n");

        assertThatThrownBy(this::create).hasMessageContaining("pre-cache");

        assertThat(precious).hasContent("x");
        assertThat(area.caches.cachesOf(TinyArea.TINY)).isEmptyDirectory();
    }

    @Test
    void create_unmountsWhatAScriptLeft_beforeItCommits() throws IOException {
        area.script("post-cache", mountScript() + "\n");

        create();

        Path tree = caches.find(area.tiny()).orElseThrow().trees().getLast();
        assertThat(tree.resolve("outside")).isEmptyDirectory();
        assertThat(precious).hasContent("x");
    }

    private String mountScript() {
        return "#!/bin/sh\nmkdir $1/outside && mount --bind '" + precious.getParent() + "' $1/outside";
    }

    private void create() {
        caches.create(new CreateCacheRequest(TinyArea.TINY, false, CacheOptions.DEFAULT), Progress.NONE);
    }
}
