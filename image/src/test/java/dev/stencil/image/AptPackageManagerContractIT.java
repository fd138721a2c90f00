package dev.stencil.image;

import dev.stencil.host.HostLayout;
import dev.stencil.host.VzConf;
import dev.stencil.host.VzttConf;
import dev.stencil.linux.HostPrograms;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageManagers;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PackageSources;
import dev.stencil.packages.PackageStore;
import dev.stencil.packages.Proxies;
import dev.stencil.packages.Sandboxes;
import dev.stencil.template.PackageManagerType;
import dev.stencil.template.TemplateArea;
import dev.stencil.template.UrlMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The real apt and dpkg keep the contract that this room builds on. */
class AptPackageManagerContractIT implements PackageManagerContract {
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

    @Override
    public PackageManager manager() {
        var programs = new HostPrograms();
        return PackageManagers.with(
                        programs,
                        new PackageStore(world.area.packages(), Proxies.NONE),
                        Sandboxes.in(world.host.root().resolve("run/sandboxes"), programs),
                        Clock.systemUTC())
                .of(PackageManagerType.DPKG);
    }

    @Override
    public PackageSource source() {
        var layout = new HostLayout(world.host.root());
        TemplateArea area = TemplateArea.open(layout, VzConf.read(layout));
        var sources = new PackageSources(UrlMap.of(area), VzttConf.read(layout), Proxies.NONE);
        return sources.of(area.require(TinyWorld.TINY), List.of());
    }

    @Override
    public List<String> names() {
        return List.of("tiny-base", "hello", "world");
    }

    @Override
    public boolean isThere(Path root, String name) {
        return Files.exists(root.resolve("var/lib/dpkg/info").resolve(name + ".list"));
    }
}
