package dev.stencil.image;

import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyMirror;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.VzConf;
import dev.stencil.host.VzttConf;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.layer.LayerUsers;
import dev.stencil.image.lock.LockPolicy;
import dev.stencil.image.lock.LockService;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Root;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageManagers;
import dev.stencil.packages.PackageSources;
import dev.stencil.packages.PackageStore;
import dev.stencil.packages.Proxies;
import dev.stencil.packages.Sandboxes;
import dev.stencil.template.TemplateArea;
import dev.stencil.template.UrlMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Caches of real packages with the real apt, dpkg and sandbox: a small archive behind a web server on loopback, and a
 * {@code STENCIL_ROOT} with the template {@code tiny-1-x86_64} of {@code hello} and {@code world}.
 */
final class TinyWorld implements AutoCloseable {
    static final String TINY = "tiny-1-x86_64";
    static final CacheOptions ALWAYS_FRESH =
            new CacheOptions(Freshness.ALWAYS, false, true, dev.stencil.linux.FileLock.FOREVER, CacheKind.ANY);

    final TinyRepository repository;
    final TinyMirror mirror;
    final TinyHost host;
    final CacheArea area;

    private TinyWorld(TinyRepository repository, TinyMirror mirror, TinyHost host) {
        this.repository = repository;
        this.mirror = mirror;
        this.host = host;
        this.area = new CacheArea(host.root().resolve("vz/template"));
    }

    static TinyWorld in(Path directory) throws IOException {
        // apt drops its privileges to read the archive.
        Files.setPosixFilePermissions(directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        var repository = TinyRepository.in(directory.resolve("archive"))
                .addBase()
                .add(hello("1.0"))
                .add(TinyPackage.named("world")
                        .file("/usr/share/world", "round\n")
                        .script("postinst", "sleep 0.3; echo configured > /var/lib/world-is-configured"))
                .publish();
        var mirror = TinyMirror.serving(repository.directory());
        var host =
                TinyHost.in(directory.resolve("host"), mirror.record(), repository.keyring(), "tiny-base hello world");
        return new TinyWorld(repository, mirror, host);
    }

    static TinyPackage hello(String version) {
        return TinyPackage.named("hello")
                .version(version)
                .depends("tiny-base")
                .program("/usr/bin/hello", "#!/bin/sh\necho hello " + version + "\n")
                .script("postinst", "sleep 0.2; hello > /var/lib/hello-was-here");
    }

    /** Offers a newer {@code hello}. */
    void publishHello(String version) throws IOException {
        repository.add(hello(version)).publish();
    }

    CacheService caches() {
        return caches(host.root());
    }

    /** The same pieces as the command line puts together, over a {@code STENCIL_ROOT}. */
    static CacheService caches(Path root) {
        return caches(root, LayerUsers.NONE);
    }

    static CacheService caches(Path root, LayerUsers users) {
        var layout = new HostLayout(root);
        return caches(root, users, Sandboxes.in(layout.run().resolve("sandboxes"), new HostPrograms()));
    }

    /** As the other, with other sandboxes. */
    static CacheService caches(Path root, Sandboxes sandboxes) {
        return caches(root, LayerUsers.NONE, sandboxes);
    }

    private static CacheService caches(Path root, LayerUsers users, Sandboxes sandboxes) {
        var layout = new HostLayout(root);
        var settings = VzttConf.read(layout);
        TemplateArea templates = TemplateArea.open(layout, VzConf.read(layout));
        var programs = new HostPrograms();
        Clock clock = Clock.systemUTC();
        var store = new PackageStore(new CacheArea(templates.directory()).packages(), Proxies.NONE);
        var sources = new PackageSources(UrlMap.of(templates), settings, Proxies.NONE);
        PackageManagers managers = PackageManagers.with(programs, store, sandboxes, clock);
        return new CacheService(
                templates,
                sources,
                managers,
                new TemplateScripts(programs, Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")),
                users,
                new LockService(templates, sources, managers, LockPolicy.of(settings), programs, clock),
                clock);
    }

    CacheResult create() {
        return caches().create(new CreateCacheRequest(TINY, false, ALWAYS_FRESH), Progress.NONE);
    }

    CacheResult update() {
        return caches().update(new UpdateCacheRequest(TINY, ALWAYS_FRESH), Progress.NONE);
    }

    Generation current() {
        return new GenerationStore(area, new LayerStore(area)).current(TINY).orElseThrow();
    }

    /** The tree of the cache in force, its layers seen as one until {@link #close}. */
    Path tree() throws IOException {
        return merged(current());
    }

    /** The layers of {@code generation} seen as one, until {@link #close}; changes to it go nowhere. */
    Path merged(Generation generation) throws IOException {
        Path place = Files.createDirectories(
                host.root().resolve("merged").resolve(UUID.randomUUID().toString()));
        Path root = Files.createDirectory(place.resolve("root"));
        Mounts.overlay(
                root,
                generation.trees(),
                Files.createDirectory(place.resolve("upper")),
                Files.createDirectory(place.resolve("work")));
        return root;
    }

    /** What {@code ls -A} shows of the template's caches. */
    List<String> shown() throws IOException {
        return names(area.cachesOf(TINY));
    }

    static List<String> names(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public void close() throws IOException {
        mirror.close();
        Mounts.detachBelow(host.root());
        try (Root root = Root.open(host.root())) {
            root.deleteTree("vz");
            root.deleteTree("merged");
        }
    }
}
