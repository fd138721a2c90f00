package dev.stencil.image;

import dev.stencil.host.HostLayout;
import dev.stencil.host.VzConf;
import dev.stencil.host.VzttConf;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.image.lock.LockPolicy;
import dev.stencil.image.lock.LockService;
import dev.stencil.linux.HostPrograms;
import dev.stencil.packages.PackageManagers;
import dev.stencil.packages.PackageSources;
import dev.stencil.packages.PackageStore;
import dev.stencil.packages.Proxies;
import dev.stencil.packages.Sandboxes;
import dev.stencil.template.TemplateArea;
import dev.stencil.template.UrlMap;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** What makes locks of a {@code STENCIL_ROOT} and builds them again, as the command line puts it together. */
record LockPieces(
        CacheArea area, LockService locks, PackageSources sources, PackageManagers managers, HostPrograms programs) {
    static LockPieces of(Path root) {
        var layout = new HostLayout(root);
        var settings = VzttConf.read(layout);
        TemplateArea templates = TemplateArea.open(layout, VzConf.read(layout));
        var area = new CacheArea(templates.directory());
        var programs = new HostPrograms();
        var sources = new PackageSources(UrlMap.of(templates), settings, Proxies.NONE);
        PackageManagers managers = PackageManagers.with(
                programs,
                new PackageStore(area.packages(), Proxies.NONE),
                Sandboxes.in(layout.run().resolve("sandboxes"), programs),
                Clock.systemUTC());
        var locks = new LockService(templates, sources, managers, LockPolicy.of(settings), programs, Clock.systemUTC());
        return new LockPieces(area, locks, sources, managers, programs);
    }

    CacheRebuild rebuild() {
        var scripts = new TemplateScripts(programs, Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));
        return new CacheRebuild(area, locks, sources, managers, scripts, Clock.systemUTC());
    }
}
