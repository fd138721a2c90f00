package dev.stencil.container.applications;

import dev.stencil.container.undo.SnapshotPolicy;
import dev.stencil.fixtures.TinyHost;
import dev.stencil.fixtures.TinyPackage;
import dev.stencil.fixtures.TinyRepository;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.VzConf;
import dev.stencil.host.VzttConf;
import dev.stencil.image.lock.LockPolicy;
import dev.stencil.image.lock.LockService;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.Program;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A container on a tiny base and the repository that its packages come from, in a directory that other processes can open. */
final class UndoWorld {
    static final PackageOptions FRESH = new PackageOptions(Freshness.ALWAYS, false, false, true);

    final Path home;
    final OverlayContainer container;
    final ContainerPackages services;
    final LockService locks;

    private UndoWorld(Path home, OverlayContainer container, ContainerPackages services, LockService locks) {
        this.home = home;
        this.container = container;
        this.services = services;
        this.locks = locks;
    }

    /** A directory for {@link #open}, below which {@code base} is the root that containers stand on. */
    static TinyRepository make(Path home) throws IOException {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        TinyRepository repository =
                TinyRepository.in(home.resolve("archive")).addBase().publish();
        String source = "deb " + repository.record().replaceFirst("^file:", "copy:");
        new HostPrograms()
                .run(Program.of("mmdebstrap", "--quiet", "--variant=essential", "--keyring=" + repository.keyring())
                        .args("tiny", home.resolve("base").toString(), source))
                .orThrow();
        TinyHost.in(home.resolve("host"), repository.record(), repository.keyring(), "");
        return repository;
    }

    /** The container of a name; made when it is not there. */
    static UndoWorld open(Path home, String name) throws IOException {
        return open(home, home.resolve(name), SnapshotPolicy.DEFAULT);
    }

    static UndoWorld open(Path home, Path area, SnapshotPolicy policy) throws IOException {
        var container = new OverlayContainer(area, home.resolve("base"));
        var layout = new HostLayout(home.resolve("host"));
        TemplateArea templates = TemplateArea.open(layout, VzConf.read(layout));
        var programs = new HostPrograms();
        var store = new PackageStore(home.resolve("store"), Proxies.NONE);
        PackageManagers managers = PackageManagers.with(
                programs, store, Sandboxes.in(home.resolve("sandboxes"), programs), Clock.systemUTC());
        var drivers = new PackageDrivers(managers, new PackageSources(UrlMap.of(templates), VzttConf.read(layout)));
        var host = new ContainerPackages.Host(programs, Map.of(), Clock.systemUTC(), new AtOnce(), policy);
        var locks = new LockService(
                templates,
                new PackageSources(UrlMap.of(templates), VzttConf.read(layout)),
                managers,
                LockPolicy.DEFAULT,
                programs,
                Clock.systemUTC());
        var services = ContainerPackages.of(name -> container, templates, drivers, true, locks::toFollow, host);
        return new UndoWorld(home, container, services, locks);
    }

    private static final class AtOnce implements Uninterrupted {
        @Override
        public <T> T run(Supplier<T> work) {
            return work.get();
        }
    }

    static void offer(TinyRepository repository, TinyPackage... packages) throws IOException {
        for (TinyPackage one : packages) {
            repository.add(one);
        }
        repository.publish();
    }

    PackageChanges install(String... names) {
        return services.packages().install("701", List.of(names), FRESH, Progress.NONE);
    }

    PackageChanges update() {
        return services.packages().update("701", List.of(), true, FRESH, Progress.NONE);
    }

    PackageChanges remove(String... names) {
        return services.packages().remove("701", List.of(names), true, FRESH, Progress.NONE);
    }

    RollbackResult rollback() {
        return rollback(OptionalInt.empty(), false);
    }

    RollbackResult rollback(OptionalInt generation, boolean whole) {
        var request = new RollbackService.Request("701", generation, whole, true);
        return services.rollbacks().rollback(request, Progress.NONE);
    }

    /** Content of a file inside, which must be mounted. */
    Path file(String path) {
        return container.root().resolve(path.substring(1));
    }

    /** Name, version and state of each package, as the root's own dpkg tells it. */
    String states() throws IOException {
        return container
                .inside()
                .run(Program.of("dpkg-query", "--show", "--showformat=${Package} ${Version} ${db:Status-Abbrev}\n"))
                .orThrow()
                .text();
    }

    /** What {@code dpkg --verify} complains about. */
    String verified() throws IOException {
        return container.inside().run(Program.of("dpkg", "--verify")).text();
    }

    /** Every path of the mounted root with type, mode, size and content; without logs, caches and what dpkg keeps as old. */
    List<String> tree() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(container.root())) {
            for (Path path : paths.sorted(Comparator.naturalOrder()).toList()) {
                String name = container.root().relativize(path).toString();
                if (!name.startsWith("var/log") && !name.startsWith("proc")) {
                    lines.add(line(path, name));
                }
            }
        }
        return lines;
    }

    private static String line(Path path, String name) throws IOException {
        var attributes = Files.readAttributes(path, "unix:mode,size,uid,gid", java.nio.file.LinkOption.NOFOLLOW_LINKS);
        String what = Files.isSymbolicLink(path)
                ? Files.readSymbolicLink(path).toString()
                : Files.isRegularFile(path)
                        ? attributes.get("size") + " " + java.util.Arrays.hashCode(Files.readAllBytes(path))
                        : "";
        return name + " " + attributes.get("mode") + " " + attributes.get("uid") + " " + what;
    }

    static void delete(Path home) throws IOException {
        Mounts.detachBelow(home);
        try (Root parent = Root.open(home.getParent())) {
            parent.deleteTree(home.getFileName().toString());
        }
    }
}
