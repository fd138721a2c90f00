package dev.stencil.packages.deb;

import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.VzttConf;
import dev.stencil.linux.HostPrograms;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PackageSources;
import dev.stencil.packages.PackageStore;
import dev.stencil.packages.Proxies;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Sandboxes;
import dev.stencil.template.HostSetup;
import dev.stencil.template.TemplateArea;
import dev.stencil.template.UrlMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Debian's own archive, by the mirror of this host, as the shipped template of a release uses it. */
final class DebianArchive {
    final PackageSource source;
    final AptPackageManager manager;
    private final Path directory;

    private DebianArchive(Path directory, PackageSource source, AptPackageManager manager) {
        this.directory = directory;
        this.source = source;
        this.manager = manager;
    }

    static DebianArchive of(String template, Path directory) {
        var layout = new HostLayout(directory.resolve("host"));
        TemplateArea area = TemplateArea.open(layout, new HostSetup(layout, checkout()).ensure());
        var sources = new PackageSources(UrlMap.of(area), VzttConf.read(layout));
        var host = new HostPrograms();
        var store = new PackageStore(directory.resolve("store"), Proxies.NONE);
        var manager =
                new AptPackageManager(host, store, Sandboxes.in(directory.resolve("run"), host), Clock.systemUTC());
        return new DebianArchive(directory, sources.of(area.require(template), List.of()), manager);
    }

    private static Path checkout() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("templates"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("not inside of a checkout");
        }
        return folder;
    }

    Resolution resolve(List<String> names) {
        manager.refresh(source, Freshness.WHEN_EXPIRED, Progress.NONE);
        return manager.resolve(source, new PackageRequest.Install(names));
    }

    Path populate(String name, Resolution resolution) throws IOException {
        Path root = Files.createDirectory(directory.resolve(name));
        manager.fetch(source, resolution, Progress.NONE);
        manager.populate(source, root, resolution, TinyArchive.NO_HOOKS, Progress.NONE);
        return root;
    }
}
