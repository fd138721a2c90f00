package dev.stencil.packages.rpm;

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
import dev.stencil.packages.Choice;
import dev.stencil.packages.DatabaseLocks;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.MeantPackages;
import dev.stencil.packages.Offers;
import dev.stencil.packages.PackageDrop;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageGroup;
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
import dev.stencil.packages.tools.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** dnf or zypper, and rpm. */
public final class RpmPackageManager implements PackageManager {
    private final Tools host;
    private final PackageStore store;
    private final Sandboxes sandboxes;
    private final Clock clock;
    private final Solver solver;
    private final DnfProgram dnf;
    private final RpmQuery query;
    private final RpmRoots roots;
    private volatile Optional<DnfState> latest = Optional.empty();

    private RpmPackageManager(Tools host, PackageStore store, Sandboxes sandboxes, Clock clock, Solver solver) {
        this.solver = solver;
        this.dnf = new DnfProgram(host);
        this.query = new RpmQuery(host);
        this.roots = new RpmRoots(host, store, sandboxes);
        this.host = host;
        this.store = store;
        this.sandboxes = sandboxes;
        this.clock = clock;
    }

    /** dnf decides. */
    public static RpmPackageManager dnf(Tools host, PackageStore store, Sandboxes sandboxes, Clock clock) {
        return new RpmPackageManager(host, store, sandboxes, clock, Solver.DNF);
    }

    /** zypper decides; lists are fetched, and packages found in them, as for dnf. */
    public static RpmPackageManager zypper(Tools host, PackageStore store, Sandboxes sandboxes, Clock clock) {
        return new RpmPackageManager(host, store, sandboxes, clock, new ZypperSolver(host));
    }

    /** Opened once for each source: reading its keys takes longer than many a question. */
    @SuppressWarnings("ReferenceEquality") // an equal source of somebody else's is only opened once more
    private DnfState state(PackageSource source) {
        Optional<DnfState> known = latest.filter(state -> state.source() == source);
        if (known.isPresent()) {
            return known.get();
        }
        DnfState state = DnfState.open(host, dnf, source, clock);
        latest = Optional.of(state);
        return state;
    }

    @Override
    public void expectQuestion(PackageSource source) {
        solver.expectQuestion(state(source));
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
        return state(source).repositoryStates().stream()
                .map(RepositoryState::dated)
                .max(Instant::compareTo)
                .orElseThrow(() -> new StencilException(
                        Fault.METADATA_MISSING,
                        "The template's repositories have no index. Fetch them again: vzpkg update metadata."));
    }

    @Override
    public List<InstalledPackage> available(PackageSource source) {
        return new DnfCatalogue(state(source)).packages();
    }

    @Override
    public List<PackageGroup> groups(PackageSource source) {
        return new DnfCatalogue(state(source)).groups();
    }

    @Override
    public Resolution resolve(PackageSource source, PackageRequest request) {
        DnfState state = state(source);
        return meant(state, request).proposedFor(() -> new DnfResolver(host, state, solver).resolveEmpty(request));
    }

    private static MeantPackages meant(DnfState state, PackageRequest request) {
        return new MeantPackages(request, new DnfCatalogue(state)::names);
    }

    /** One run of the tool answers everything. */
    @Override
    public Choice choose(PackageSource source, PackageRequest.Install request) {
        DnfState state = state(source);
        return meant(state, request).proposedFor(() -> new DnfCatalogue(state)
                .choice(new DnfResolver(host, state, solver).describedForEmpty(request)));
    }

    @Override
    public Resolution resolve(PackageSource source, Path root, PackageRequest request) {
        DnfState state = state(source);
        try {
            return meant(state, request).proposedFor(() -> new DnfResolver(host, state, solver).resolve(root, request));
        } catch (StencilException failure) {
            query.installed(root); // a damaged database is told as such, not in the words of who stumbles over it
            throw failure;
        }
    }

    @Override
    public Resolution revise(PackageSource source, Resolution present, Revision revision, Progress progress) {
        fetch(source).files(present.install(), progress);
        return new DnfRevision(host, state(source), store::path).of(present, revision);
    }

    @Override
    public List<PackageFile> find(PackageSource source, List<PackageName> names) {
        return new DnfResolver(host, state(source)).find(names);
    }

    @Override
    public Optional<PackageFile> stored(PackageName name, Digest sha256) {
        return store.find(name, sha256);
    }

    @Override
    public PackageRelations relations(PackageSource source, Resolution resolution) {
        return new DnfCatalogue(state(source)).relations(resolution);
    }

    @Override
    public PackageRelations fetchedRelations(PackageSource source, Resolution resolution) {
        return new DnfCatalogue(state(source)).relations(resolution, store::path);
    }

    @Override
    public Offers offers(PackageSource source, Resolution resolution) {
        return new DnfCatalogue(state(source)).offers(resolution);
    }

    @Override
    public boolean isFetched(Resolution resolution) {
        return resolution.install().stream().allMatch(store::has);
    }

    @Override
    public List<UnavailableFile> unavailable(PackageSource source, Resolution resolution) {
        return fetch(source).unavailable(resolution.install());
    }

    @Override
    public void fetch(PackageSource source, Resolution resolution, Progress progress) {
        fetch(source).vouchedFor(resolution.install(), progress);
    }

    private RpmFetch fetch(PackageSource source) {
        return new RpmFetch(host, store, source, state(source));
    }

    @Override
    public void populate(PackageSource source, Path path, BuildStage stage, BuildHooks hooks, Progress progress) {
        roots.install(source, path, stage, hooks, progress);
    }

    @Override
    public void finish(PackageSource source, Path path, Resolution resolution, BuildHooks hooks, Progress progress) {
        try {
            roots.finish(path, resolution, hooks);
            new GuestReasons(state(source), Owner.ROOT).record(path, resolution, hooks.clock());
        } catch (IOException e) {
            throw RpmFailure.in(path, e);
        }
    }

    @Override
    public Instant newest(List<PackageFile> files) {
        return query.newest(files.stream().map(store::path).toList());
    }

    private RpmRun.Watch watch(Path root, PackageSource source) {
        return new RpmRun.Watch(host, root, source.patience().script());
    }

    @Override
    public void amend(PackageSource source, Path path, Resolution resolution, AmendHooks hooks, Progress progress) {
        try (Sandbox sandbox = sandboxes.open(path, hooks.clock())) {
            hooks.before(sandbox);
            new RpmTransaction(
                            new SandboxedTarget(path, sandbox),
                            RpmRun.unattended(sandbox, source.environment(), watch(path, source)),
                            store::path,
                            source.patience().database())
                    .carryOut(resolution, progress);
            new GuestReasons(state(source), Owner.ROOT).record(path, resolution, hooks.clock());
            hooks.after(sandbox);
            try (Root root = Root.open(path)) {
                RpmDatabase.tidy(root);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw RpmFailure.in(path, e);
        } catch (StencilException e) {
            throw RpmFailure.told(path, e);
        }
    }

    /** A root that is not in use, as a target of the same work. */
    private record SandboxedTarget(Path root, ProgramRunner inside) implements Target {
        @Override
        public int idShift() {
            return 0;
        }

        @Override
        public dev.stencil.linux.Finished run(dev.stencil.linux.Program program) throws IOException {
            return inside.run(program);
        }
    }

    @Override
    public void apply(PackageSource source, Target target, Resolution resolution, Progress progress) {
        inUse(source, target).carryOut(resolution, progress);
        recordReasons(source, target, resolution);
    }

    @Override
    public void upgrade(
            PackageSource former, PackageSource source, Target target, Resolution resolution, Progress progress) {
        inUse(source, target).carryOutNewFirst(resolution, () -> names(target.root()), progress);
        recordReasons(source, target, resolution);
    }

    private void recordReasons(PackageSource source, Target target, Resolution done) {
        try {
            Owner owner = Owner.ROOT.shiftedBy(target.idShift());
            new GuestReasons(state(source), owner).record(target.root(), done, clock.instant());
        } catch (IOException e) {
            throw RpmFailure.in(target.root(), e);
        }
    }

    private RpmTransaction inUse(PackageSource source, Target target) {
        RpmRun rpm = RpmRun.inUse(target::run, source.environment(), watch(target.root(), source));
        return new RpmTransaction(target, rpm, store::path, source.patience().database());
    }

    private Set<PackageName> names(Path root) {
        Set<PackageName> names = new HashSet<>();
        installed(root).forEach(one -> names.add(one.name()));
        return names;
    }

    @Override
    public List<InstalledPackage> installed(Path root) {
        return query.installed(root);
    }

    @Override
    public PackageOwnership ownership(Path root) {
        try {
            return RpmOwnership.of(root, query.files(root));
        } catch (IOException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, "Cannot read the lists of files in " + root + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> files(Path root, PackageName name) {
        try {
            return RpmOwnership.onDisk(root, query.files(root, List.of(RpmMatch.exactly(name)))).stream()
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER,
                    "Cannot read the files of " + name + " in " + root + ": " + e.getMessage(),
                    e);
        }
    }

    /** rpm knows no half-installed packages; only the files for it are taken away. */
    @Override
    public void repair(PackageSource source, Target target) {
        try (Root root = Root.open(target.root())) {
            root.deleteTree(PackageDrop.NAME);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot repair the packages of " + target.root() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean awaitIdle(Path root, Duration wait) {
        try {
            return DatabaseLocks.awaitFree(root, RpmDatabase.LOCKS, wait);
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot look at the locks of rpm in " + root + ": " + e.getMessage(), e);
        }
    }

    @Override
    public int compareVersions(String a, String b) {
        return RpmVersion.compare(a, b);
    }
}
