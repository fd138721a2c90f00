package dev.stencil.image.lock;

import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyMirror;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.VzConf;
import dev.stencil.host.VzttConf;
import dev.stencil.image.CacheSubject;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.linux.HostPrograms;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageManagers;
import dev.stencil.packages.PackageSources;
import dev.stencil.packages.PackageStore;
import dev.stencil.packages.Proxies;
import dev.stencil.packages.Sandboxes;
import dev.stencil.packages.lock.Lock;
import dev.stencil.template.TemplateArea;
import dev.stencil.template.UrlMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Locks with the real apt: a small archive behind a web server that demands a password, which only url.map knows, and a
 * {@code STENCIL_ROOT} with the template {@code tiny-1-x86_64}.
 */
final class LockWorld implements AutoCloseable {
    static final String TINY = "tiny-1-x86_64";
    static final String PASSWORD = "s3cr3t-of-url.map";

    final TinyRepository repository;
    final TinyMirror mirror;
    final TinyHost host;

    private LockWorld(TinyRepository repository, TinyMirror mirror, TinyHost host) {
        this.repository = repository;
        this.mirror = mirror;
        this.host = host;
    }

    /** With the Essential package {@code base}, {@code hello}, which needs {@code libhello}, and {@code world}. */
    static LockWorld in(Path directory, TinyPackage base) throws IOException {
        Files.setPosixFilePermissions(directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        var repository = TinyRepository.in(directory.resolve("archive"))
                .add(base)
                .add(TinyPackage.named("libhello").file("/usr/share/libhello", "1.0\n"))
                .add(TinyPackage.named("hello").depends("libhello").file("/usr/share/hello", "1.0\n"))
                .add(TinyPackage.named("world").file("/usr/share/world", "round\n"))
                .publish();
        var mirror = TinyMirror.serving(repository.directory()).demands("reader", PASSWORD);
        var host =
                TinyHost.in(directory.resolve("host"), "$TINY_SERVER tiny main", repository.keyring(), "hello world");
        Files.writeString(
                host.root().resolve("vz/template/conf/vztt/url.map"),
                "$TINY_SERVER " + mirror.url().replace("http://", "http://reader:" + PASSWORD + "@") + "\n");
        return new LockWorld(repository, mirror, host);
    }

    /** The base is a package that nothing can be run in; good for everything but building. */
    static LockWorld withoutBase(Path directory) throws IOException {
        return in(
                directory,
                TinyPackage.named("tiny-base").field("Essential", "yes").field("Architecture", "amd64"));
    }

    LockService locks() {
        return locks(LockPolicy.of(VzttConf.read(layout())));
    }

    LockService locks(LockPolicy policy) {
        var programs = new HostPrograms();
        return new LockService(templates(), sources(), managers(), policy, programs, Clock.systemUTC());
    }

    HostLayout layout() {
        return new HostLayout(host.root());
    }

    TemplateArea templates() {
        return TemplateArea.open(layout(), VzConf.read(layout()));
    }

    PackageSources sources() {
        return new PackageSources(UrlMap.of(templates()), VzttConf.read(layout()), Proxies.NONE);
    }

    PackageStore store() {
        return new PackageStore(new CacheArea(templates().directory()).packages(), Proxies.NONE);
    }

    PackageManagers managers() {
        var programs = new HostPrograms();
        Sandboxes sandboxes = Sandboxes.in(layout().run().resolve("sandboxes"), programs);
        return PackageManagers.with(programs, store(), sandboxes, Clock.systemUTC());
    }

    CacheSubject subject() {
        return CacheSubject.of(templates().require(TINY));
    }

    LockStore kept() {
        return LockStore.of(templates().require(TINY), List.of());
    }

    /** {@code vzpkg lock}. */
    LockResult lock() {
        return lock(new LockRequest.Scope.Anew());
    }

    LockResult lock(LockRequest.Scope scope, String... applications) {
        return locks().lock(
                        new LockRequest(TINY, List.of(applications), scope, Optional.empty(), Freshness.ALWAYS),
                        Progress.NONE);
    }

    /** {@code vzpkg lock --update PACKAGE…}. */
    LockResult update(String... packages) {
        return lock(new LockRequest.Scope.Update(List.of(packages), false));
    }

    static List<String> packages(Lock lock) {
        return lock.packages().stream()
                .map(one -> one.name() + " " + one.fullVersion())
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        mirror.close();
    }
}
