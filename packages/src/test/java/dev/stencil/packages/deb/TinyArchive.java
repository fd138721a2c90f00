package dev.stencil.packages.deb;

import dev.stencil.fixtures.TinyRepository;
import dev.stencil.host.Arch;
import dev.stencil.host.Progress;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.BuildHooks;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PackageStore;
import dev.stencil.packages.Proxies;
import dev.stencil.packages.Repository;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Sandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A tiny repository with a package manager on it, for tests of this family. */
final class TinyArchive {
    final TinyRepository repository;
    final PackageStore store;
    final AptPackageManager manager;
    private final Path directory;

    private TinyArchive(Path directory, TinyRepository repository) {
        this.directory = directory;
        this.repository = repository;
        this.store = store(directory);
        this.manager = manager(directory);
    }

    private static PackageStore store(Path directory) {
        return new PackageStore(directory.resolve("store"), Proxies.NONE);
    }

    /** A manager that works below {@code directory}, also for another process. */
    static AptPackageManager manager(Path directory) {
        var host = new HostPrograms();
        var sandboxes = Sandboxes.in(directory.resolve("run"), host);
        return new AptPackageManager(host, store(directory), sandboxes, Clock.systemUTC());
    }

    static TinyArchive in(Path directory) throws IOException {
        return new TinyArchive(directory, TinyRepository.in(directory.resolve("repository")));
    }

    PackageSource source(String record) {
        return source(record, List.of(repository.keyring()), List.of());
    }

    PackageSource source(String record, List<Path> keyrings, List<String> excludes) {
        return source(directory, record, keyrings, excludes);
    }

    static PackageSource source(Path directory, String record, List<Path> keyrings, List<String> excludes) {
        return new PackageSource(
                "dpkgx64",
                Arch.ofHost(),
                false,
                List.of(new Repository("base0", record)),
                keyrings,
                false,
                directory.resolve("pm"),
                Duration.ofDays(1),
                excludes,
                Map.of());
    }

    PackageSource source() {
        return source(repository.record());
    }

    /** Refreshes the lists, then resolves these names for an empty root. */
    Resolution resolve(String... names) {
        manager.refresh(source(), Freshness.ALWAYS, Progress.NONE);
        return manager.resolve(source(), new PackageRequest.Install(List.of(names)));
    }

    /** A root of these names. */
    Path populate(String name, String... names) throws IOException {
        return populate(name, NO_HOOKS, names);
    }

    Path populate(String name, BuildHooks hooks, String... names) throws IOException {
        Path root = Files.createDirectory(directory.resolve(name));
        Resolution resolution = resolve(names);
        manager.fetch(source(), resolution, Progress.NONE);
        manager.populate(source(), root, resolution, hooks, Progress.NONE);
        return root;
    }

    /** What time it is for scripts. */
    static final Instant CLOCK = Instant.parse("2026-05-04T03:02:01Z");

    static final BuildHooks NO_HOOKS = new BuildHooks() {
        @Override
        public Instant clock() {
            return CLOCK;
        }

        @Override
        public void beforePackages(Path root) {}

        @Override
        public void afterBootstrap(Path root, ProgramRunner inside) {}

        @Override
        public void afterPackages(Path root, ProgramRunner inside) {}
    };
}
