package dev.stencil.packages.rpm;

import dev.stencil.fixtures.TestDistribution;
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
import dev.stencil.packages.ReleaseRules;
import dev.stencil.packages.Repository;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Sandboxes;
import dev.stencil.packages.tools.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The test distribution with a package manager on it. */
final class RpmWorld {
    final TestDistribution distribution;
    final HostPrograms host = new HostPrograms();
    final RpmPackageManager manager;
    final RpmPackageManager zypper;
    final PackageStore store;
    private final Path directory;

    private RpmWorld(Path directory, TestDistribution distribution) {
        this.directory = directory;
        this.distribution = distribution;
        this.store = new PackageStore(directory.resolve("store"), Proxies.NONE);
        Sandboxes sandboxes = Sandboxes.in(directory.resolve("run"), host);
        this.manager = RpmPackageManager.dnf(Tools.ofHost(host), store, sandboxes, Clock.systemUTC());
        this.zypper = RpmPackageManager.zypper(Tools.ofHost(host), store, sandboxes, Clock.systemUTC());
    }

    static RpmWorld in(Path directory) throws IOException {
        return new RpmWorld(directory, TestDistribution.make());
    }

    /** Repositories of the distribution by their paths. */
    PackageSource source(String... repositories) {
        List<Repository> all = new ArrayList<>();
        for (String path : repositories) {
            all.add(new Repository("base" + all.size(), distribution.url() + "/" + path));
        }
        return source(all, List.of(distribution.key()));
    }

    PackageSource source(List<Repository> repositories, List<Path> keys) {
        return new PackageSource(
                "rpm414x64",
                Arch.X86_64,
                false,
                repositories,
                keys,
                false,
                directory.resolve("pm"),
                Duration.ofDays(1),
                List.of(),
                Map.of(),
                new ReleaseRules("9", Optional.empty(), false));
    }

    PackageSource release9() {
        return source(TestDistribution.OS_9);
    }

    PackageSource updated9() {
        return source(TestDistribution.OS_9, TestDistribution.UPDATES_9);
    }

    /** Refreshes the lists, then resolves these words for an empty root. */
    Resolution resolve(PackageSource source, String words) {
        manager.refresh(source, Freshness.WHEN_EXPIRED, Progress.NONE);
        return manager.resolve(source, new PackageRequest.Install(List.of(words.split(" "))));
    }

    /** A root of these words. */
    Path populate(String name, PackageSource source, String words) throws IOException {
        Path root = Files.createDirectory(directory.resolve(name));
        Resolution resolution = resolve(source, words);
        manager.fetch(source, resolution, Progress.NONE);
        manager.populate(source, root, resolution, NO_HOOKS, Progress.NONE);
        return root;
    }

    static final BuildHooks NO_HOOKS = new BuildHooks() {
        @Override
        public Instant clock() {
            return Instant.ofEpochSecond(1_700_000_000);
        }

        @Override
        public void beforePackages(Path root) {}

        @Override
        public void afterBootstrap(Path root, ProgramRunner inside) {}

        @Override
        public void afterPackages(Path root, ProgramRunner inside) {}
    };
}
