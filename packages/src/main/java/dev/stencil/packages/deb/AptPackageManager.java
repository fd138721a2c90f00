package dev.stencil.packages.deb;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Owner;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.Root;
import dev.stencil.linux.oci.Sandbox;
import dev.stencil.packages.AmendHooks;
import dev.stencil.packages.BuildHooks;
import dev.stencil.packages.BuildStage;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.MeantPackages;
import dev.stencil.packages.Offers;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageOwnership;
import dev.stencil.packages.PackageRelations;
import dev.stencil.packages.PackageRequest;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PackageStore;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Revision;
import dev.stencil.packages.Sandboxes;
import dev.stencil.packages.Target;
import dev.stencil.packages.UnavailableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** apt and dpkg. */
public final class AptPackageManager implements PackageManager {
    private final ProgramRunner host;
    private final PackageStore store;
    private final Sandboxes sandboxes;
    private final Clock clock;

    public AptPackageManager(ProgramRunner host, PackageStore store, Sandboxes sandboxes, Clock clock) {
        this.host = host;
        this.store = store;
        this.sandboxes = sandboxes;
        this.clock = clock;
    }

    /** One at a time: it writes what apt is to read. */
    private synchronized AptState state(PackageSource source) {
        return AptState.open(host, source, clock);
    }

    @Override
    public boolean isRefreshDue(PackageSource source, Freshness freshness) {
        return state(source).isRefreshDue(freshness);
    }

    @Override
    public void refresh(PackageSource source, Freshness freshness, Progress progress) {
        state(source).refresh(freshness);
    }

    @Override
    public Instant published(PackageSource source) {
        return state(source).published();
    }

    @Override
    public List<InstalledPackage> available(PackageSource source) {
        return new AptCatalogue(state(source)).packages();
    }

    @Override
    public Resolution resolve(PackageSource source, PackageRequest request) {
        if (request instanceof PackageRequest.Install(var names)) {
            AptState state = state(source);
            return meant(state, request).proposedFor(() -> new AptResolver(state).resolveEmpty(names));
        }
        throw new StencilException(Fault.INTERNAL, "An empty root can only be installed into, not " + request);
    }

    @Override
    public Resolution resolve(PackageSource source, Path root, PackageRequest request) {
        AptState state = state(source);
        return meant(state, request).proposedFor(() -> new AptResolver(state).resolve(root, request));
    }

    private static MeantPackages meant(AptState state, PackageRequest request) {
        return new MeantPackages(request, new AptCatalogue(state)::names);
    }

    /** apt decides by its configuration, the lists, and the root's database; files of the host are not looked at here. */
    @Override
    public Optional<String> question(PackageSource source, Path root, PackageRequest request) {
        return switch (request) {
            case PackageRequest.Install _,
                    PackageRequest.Update _,
                    PackageRequest.Renew _,
                    PackageRequest.Release _,
                    PackageRequest.Remove _ -> Optional.of(state(source).identity(root) + " " + request);
            case PackageRequest.InstallFiles _, PackageRequest.Exactly _ -> Optional.empty();
        };
    }

    @Override
    public Resolution revise(PackageSource source, Resolution present, Revision revision, Progress progress) {
        try {
            return new AptRevision(state(source), store, progress).of(present, revision);
        } catch (IOException | IllegalArgumentException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, "The packages cannot be brought up to date: " + e.getMessage(), e);
        }
    }

    @Override
    public PackageRelations relations(PackageSource source, Resolution resolution) {
        try {
            return AptRelations.fromLists(state(source), resolution, store::path);
        } catch (java.io.UncheckedIOException e) {
            throw new StencilException(Fault.PACKAGE_MANAGER, "Cannot read a fetched package: " + e.getMessage(), e);
        }
    }

    @Override
    public PackageRelations fetchedRelations(PackageSource source, Resolution resolution) {
        try {
            return AptRelations.fromFiles(source.arch().debianName(), resolution, store::path);
        } catch (IOException e) {
            throw new StencilException(Fault.PACKAGE_MANAGER, "Cannot read a fetched package: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<PackageRelations> relations(PackageSource source, Path root, List<PackageFile> files) {
        try {
            String arch = source.arch().debianName();
            return Optional.of(AptRelations.inRoot(arch, InstalledRoot.read(root), files, store::path));
        } catch (java.io.UncheckedIOException | IOException | IllegalArgumentException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, "Cannot read the packages of " + root + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Offers offers(PackageSource source, Resolution resolution) {
        return new AptOffers(state(source)).of(resolution);
    }

    @Override
    public boolean isFetched(Resolution resolution) {
        return resolution.install().stream().allMatch(store::has);
    }

    @Override
    public List<UnavailableFile> unavailable(PackageSource source, Resolution resolution) {
        return store.unavailable(resolution.install());
    }

    @Override
    public void fetch(PackageSource source, Resolution resolution, Progress progress) {
        store.fetch(resolution.install(), progress);
    }

    @Override
    public void populate(PackageSource source, Path path, BuildStage stage, BuildHooks hooks, Progress progress) {
        String arch = source.arch().debianName();
        work(source, path, hooks, progress, (_, builder) -> {
            List<DebPackage> packages = readAll(stage.packages());
            if (stage.isFirst()) {
                List<String> foreign = AptConfiguration.architectures(source).stream()
                        .filter(one -> !one.equals(arch))
                        .toList();
                builder.begin(stage, packages, arch, foreign);
            } else {
                builder.proceed(stage, packages);
            }
        });
    }

    @Override
    public void finish(PackageSource source, Path path, Resolution resolution, BuildHooks hooks, Progress progress) {
        work(source, path, hooks, progress, (root, builder) -> {
            builder.finish(resolution.automatic(), source.arch().debianName());
            new GuestSources(root, Owner.ROOT).write(source.repositories());
        });
    }

    private interface Building {
        void run(Root root, RootBuilder builder) throws IOException;
    }

    private void work(PackageSource source, Path path, BuildHooks hooks, Progress progress, Building building) {
        try (Root root = Root.open(path);
                Sandbox sandbox = sandboxes.open(path, hooks.clock())) {
            var dpkg = new InsideDpkg(sandbox, source.environment());
            building.run(root, new RootBuilder(root, sandbox, dpkg, hooks, progress));
        } catch (IOException | IllegalArgumentException e) {
            throw failure(path, e);
        } catch (StencilException e) {
            throw isDiskFull(e) ? failure(path, e) : e;
        }
    }

    @Override
    public void amend(PackageSource source, Path path, Resolution resolution, AmendHooks hooks, Progress progress) {
        try (Root root = Root.open(path);
                Sandbox sandbox = sandboxes.open(path, hooks.clock())) {
            new RootAmendment(root, sandbox, source.environment(), store::path, hooks).carryOut(resolution, progress);
        } catch (IOException | IllegalArgumentException e) {
            throw failure(path, e);
        } catch (StencilException e) {
            throw isDiskFull(e) ? failure(path, e) : e;
        }
    }

    @Override
    public Instant newest(List<PackageFile> files) {
        Instant newest = Instant.EPOCH;
        try {
            for (PackageFile file : files) {
                Instant made = DebArchive.made(store.path(file));
                newest = made.isAfter(newest) ? made : newest;
            }
        } catch (IOException e) {
            throw new StencilException(Fault.PACKAGE_MANAGER, "Cannot read a fetched package: " + e.getMessage(), e);
        }
        return newest;
    }

    private static StencilException failure(Path path, Exception e) {
        return new StencilException(
                isDiskFull(e) ? Fault.NO_SPACE : Fault.PACKAGE_MANAGER,
                "Cannot make a system in " + path + ": " + e.getMessage(),
                e);
    }

    private List<DebPackage> readAll(List<PackageFile> files) throws IOException {
        try (Stream<PackageFile> all = files.parallelStream()) {
            return all.map(this::read).toList();
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private DebPackage read(PackageFile file) {
        try {
            return DebPackage.read(file, store.path(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** By the words of the C library, which is how maintainer scripts and dpkg tell it too. */
    private static boolean isDiskFull(Exception e) {
        return String.valueOf(e.getMessage()).contains("No space left on device");
    }

    @Override
    public void apply(PackageSource source, Target target, Resolution resolution, Progress progress) {
        new DpkgTransaction(target, source.environment(), store::path).carryOut(resolution, progress);
    }

    @Override
    public void upgrade(
            PackageSource former, PackageSource source, Target target, Resolution resolution, Progress progress) {
        new DpkgTransaction(target, source.environment(), store::path)
                .toAnotherRelease()
                .carryOut(resolution, progress);
        try (Root root = Root.open(target.root())) {
            Owner owner = Owner.ROOT.shiftedBy(target.idShift());
            if (!new GuestSources(root, owner).move(former.repositories(), source.repositories())) {
                progress.note("/etc/apt/sources.list names repositories of its own choice: it stays as it is");
            }
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot write the sources of apt in " + target.root() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<InstalledPackage> installed(Path root) {
        try {
            return InstalledRoot.read(root).packages();
        } catch (IOException | IllegalArgumentException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, "Cannot read the package database of " + root + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<PackageFile> find(PackageSource source, List<PackageName> names) {
        return new AptResolver(state(source)).find(names);
    }

    @Override
    public Optional<PackageFile> stored(PackageName name, Digest sha256) {
        return store.find(name, sha256);
    }

    @Override
    public PackageOwnership ownership(Path root) {
        try {
            return DpkgOwnership.read(root);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, "Cannot read the lists of files in " + root + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> files(Path root, PackageName name) {
        try {
            return DpkgOwnership.files(root, name);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER,
                    "Cannot read the files of " + name + " in " + root + ": " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void repair(PackageSource source, Target target) {
        try {
            DpkgRepair.repair(target, source.environment());
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot repair the packages of " + target.root() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean awaitIdle(Path root, Duration wait) {
        try {
            return DpkgRepair.awaitIdle(root, wait);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot look at the locks of dpkg in " + root + ": " + e.getMessage(), e);
        }
    }

    @Override
    public int compareVersions(String a, String b) {
        return DebVersion.compare(a, b);
    }
}
