package dev.stencil.cli;

import dev.stencil.container.ApplicationInstaller;
import dev.stencil.container.ContainerLayers;
import dev.stencil.container.ContainerListing;
import dev.stencil.container.ContainerLocks;
import dev.stencil.container.ContainerService;
import dev.stencil.container.Containers;
import dev.stencil.container.GenerationSource;
import dev.stencil.container.applications.ContainerPackages;
import dev.stencil.container.applications.DetectedApplications;
import dev.stencil.container.applications.PackageDrivers;
import dev.stencil.container.applications.PackageOptions;
import dev.stencil.container.applications.Uninterrupted;
import dev.stencil.container.config.ContainerConfigs;
import dev.stencil.container.config.ContainerId;
import dev.stencil.container.engine.Engine;
import dev.stencil.container.engine.RuntimeEngine;
import dev.stencil.container.templates.TemplateInstallation;
import dev.stencil.container.templates.TemplateRemoval;
import dev.stencil.container.undo.SnapshotPolicy;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.VzConf;
import dev.stencil.host.VzttConf;
import dev.stencil.image.CacheOptions;
import dev.stencil.image.CacheRebuild;
import dev.stencil.image.CacheService;
import dev.stencil.image.CachedApplications;
import dev.stencil.image.CleanService;
import dev.stencil.image.DiskImage;
import dev.stencil.image.GenerationStore;
import dev.stencil.image.TemplateDownloads;
import dev.stencil.image.TemplatePackages;
import dev.stencil.image.TemplateScripts;
import dev.stencil.image.ToolsTemplates;
import dev.stencil.image.compare.TemplateStates;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.layer.LayerUsers;
import dev.stencil.image.lock.LockPolicy;
import dev.stencil.image.lock.LockReferences;
import dev.stencil.image.lock.LockService;
import dev.stencil.linux.HostPrograms;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.ToldPrograms;
import dev.stencil.packages.PackageManagers;
import dev.stencil.packages.PackageSources;
import dev.stencil.packages.PackageStore;
import dev.stencil.packages.Proxies;
import dev.stencil.packages.Sandboxes;
import dev.stencil.packages.TrustedAuthorities;
import dev.stencil.packages.tools.ToolChoice;
import dev.stencil.packages.tools.Tools;
import dev.stencil.template.HostSetup;
import dev.stencil.template.TemplateArea;
import dev.stencil.template.UrlMap;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pieces together; no other class does. Each service is made when first asked for, with everything it needs
 * handed to its constructor, so that a listing never pays for the package managers.
 */
public final class Stencil {
    private final Map<String, String> environment;
    private final HostLayout layout;
    private final Lazy<VzConf> vzConf;
    private final Lazy<VzttConf> vzttConf;
    private final Lazy<ProgramRunner> programs;
    private final Lazy<TemplateArea> templates;
    private final Lazy<UrlMap> urlMap;
    private final Lazy<GenerationStore> generations;
    private final Lazy<PackageManagers> packageManagers;
    private final Lazy<CacheService> caches;
    private final Lazy<ContainerConfigs> configs;
    private final Lazy<Engine> engine;
    private @Nullable Output output;
    private Optional<Consumer<String>> programListener = Optional.empty();

    public Stencil(Map<String, String> environment) {
        this.environment = environment;
        this.layout = HostLayout.fromEnvironment(environment);
        this.vzConf = new Lazy<>(() -> HostSetup.of(layout).ensure());
        this.vzttConf = new Lazy<>(() -> VzttConf.read(layout));
        this.programs = new Lazy<>(this::newPrograms);
        this.templates = new Lazy<>(() -> TemplateArea.open(layout, vzConf()));
        this.urlMap = new Lazy<>(() -> UrlMap.of(templates()));
        this.generations =
                new Lazy<>(() -> newGenerations(new CacheArea(templates().directory())));
        this.packageManagers = new Lazy<>(this::newPackageManagers);
        this.caches = new Lazy<>(this::newCaches);
        this.configs = new Lazy<>(() -> new ContainerConfigs(layout, vzConf()));
        // Without a time zone, of which the first costs each start 15 ms: the rules are looked for in every jar.
        this.engine = new Lazy<>(() -> new RuntimeEngine(layout, programs(), InstantSource.system()));
    }

    /** The environment of this process. */
    public Map<String, String> environment() {
        return environment;
    }

    public HostLayout layout() {
        return layout;
    }

    public Clock clock() {
        // By the distance from UTC as it is now: the first ZoneId looks for rules in every jar, 15 ms.
        int offset = TimeZone.getDefault().getOffset(System.currentTimeMillis());
        return Clock.system(ZoneOffset.ofTotalSeconds(offset / 1000));
    }

    /** The global configuration; the first use of a host also puts the shipped files in place. */
    public VzConf vzConf() {
        return vzConf.get();
    }

    public VzttConf vzttConf() {
        vzConf();
        return vzttConf.get();
    }

    /** Has every program from now on told to {@code listener} as a shell would take it. Before any service is made. */
    void tellPrograms(Consumer<String> listener) {
        programListener = Optional.of(listener);
    }

    private ProgramRunner newPrograms() {
        return programListener.isEmpty()
                ? new HostPrograms()
                : new ToldPrograms(new HostPrograms(), programListener.get());
    }

    public ProgramRunner programs() {
        return programs.get();
    }

    public TemplateArea templates() {
        return templates.get();
    }

    public UrlMap urlMap() {
        return urlMap.get();
    }

    /** Which templates are cached; reading it needs no package manager. */
    public GenerationStore generations() {
        return generations.get();
    }

    private static GenerationStore newGenerations(CacheArea area) {
        return new GenerationStore(area, new LayerStore(area));
    }

    /** The drivers, over the one package store of this host. */
    public PackageManagers packageManagers() {
        return packageManagers.get();
    }

    public CacheService caches() {
        return caches.get();
    }

    /** All layers of this host. */
    public LayerStore layers() {
        return new LayerStore(new CacheArea(templates().directory()));
    }

    /** What arguments of a comparison mean that are no containers. */
    public TemplateStates templateStates() {
        return new TemplateStates(templates(), generations());
    }

    /** Which caches hold applications; reading it needs no package manager. */
    public CachedApplications cachedApplications() {
        return new CachedApplications(new CacheArea(templates().directory()), generations());
    }

    /** Removes what nobody refers to. */
    public CleanService cleaning() {
        return new CleanService(templates(), packageStore(), layerUsers());
    }

    private Proxies proxies() {
        return Proxies.of(vzConf().file(), vzttConf(), environment).trusting(TrustedAuthorities.of(layout));
    }

    private PackageStore packageStore() {
        return new PackageStore(new CacheArea(templates().directory()).packages(), proxies());
    }

    private PackageManagers newPackageManagers() {
        PackageStore store = packageStore();
        Sandboxes sandboxes = Sandboxes.in(layout.run().resolve("sandboxes"), programs());
        var trees = new ToolsTemplates(vzttConf().toolsTrees(), templates(), generations(), this::caches);
        var choice =
                new ToolChoice(programs(), trees, this::progress, layout.run().resolve("tools"));
        return PackageManagers.with(family -> Tools.of(family, choice), store, sandboxes, clock());
    }

    /** Where the chosen command tells how far it is. */
    private Progress progress() {
        Output shown = output;
        return shown == null ? Progress.NONE : shown.progress();
    }

    /** What the chosen command says goes there. */
    void showOn(Output chosen) {
        output = chosen;
    }

    private CacheService newCaches() {
        var scripts = new TemplateScripts(programs(), environment);
        var detector = new DetectedApplications(templates(), vzttConf().isAutodetectionOn());
        return new CacheService(
                templates(), packageSources(), packageManagers(), scripts, layerUsers(), locks(), detector, clock());
    }

    /** Locks of templates. */
    public LockService locks() {
        return new LockService(
                templates(), packageSources(), packageManagers(), LockPolicy.of(vzttConf()), programs(), clock());
    }

    /** Builds locks once more. */
    public CacheRebuild rebuild() {
        return new CacheRebuild(
                new CacheArea(templates().directory()),
                locks(),
                packageSources(),
                packageManagers(),
                new TemplateScripts(programs(), environment),
                clock());
    }

    /** What locks are called on the command line. */
    public LockReferences lockReferences() {
        return new LockReferences(templates(), generations());
    }

    private LayerUsers layerUsers() {
        return new ContainerLayers(layout, configs());
    }

    /** Configurations of this host's containers. */
    public ContainerConfigs configs() {
        return configs.get();
    }

    /** What runs, and how it is run. */
    public Engine engine() {
        return engine.get();
    }

    public Containers containers() {
        return new Containers(layout, configs(), engine());
    }

    public ContainerListing containerListing() {
        return new ContainerListing(layout, configs(), engine());
    }

    /** The services for containers; {@code skipLock} when a caller of ours holds their locks. */
    public ContainerService containerService(boolean skipLock) {
        Path lockDirectory = vzConf().lockDirectory();
        ContainerLocks locks = skipLock ? ContainerLocks.skipped(lockDirectory) : new ContainerLocks(lockDirectory);
        var layers = layers();
        var generations = new GenerationSource(
                generations(),
                layers,
                (request, progress) -> caches().create(request, progress),
                (selection, progress) ->
                        caches().applications().create(selection, false, CacheOptions.DEFAULT, progress));
        var sources = new ContainerService.Sources(templates(), generations, layers);
        return new ContainerService(layout, containers(), locks, engine(), sources, programs());
    }

    /** Whether {@code name} is the name or id of a container; looks at file names only. */
    public boolean hasContainer(String name) {
        return configs().names().find(name).isPresent()
                || ContainerId.find(name).flatMap(configs()::find).isPresent();
    }

    /**
     * Package work in containers.
     *
     * @param skipLock when a caller of ours holds the container's lock
     * @param uninterrupted guards changes against signals
     */
    public ContainerPackages containerPackages(boolean skipLock, Uninterrupted uninterrupted) {
        ContainerService containers = containerService(skipLock);
        var drivers = new PackageDrivers(packageManagers(), packageSources());
        var snapshots = new SnapshotPolicy(vzttConf().snapshots(), vzttConf().snapshotLimitBytes());
        var host = new ContainerPackages.Host(programs(), environment, clock(), uninterrupted, snapshots);
        return ContainerPackages.of(
                containers::forPackages,
                templates(),
                drivers,
                vzttConf().isAutodetectionOn(),
                (subject, mode) -> locks().toFollow(subject, mode),
                host);
    }

    /** Application templates for a container that has just been made. */
    public ApplicationInstaller applicationInstaller(Uninterrupted uninterrupted) {
        return (id, names, progress) -> containerPackages(false, uninterrupted)
                .applications()
                .install(id.text(), names, PackageOptions.DEFAULT, progress);
    }

    /** What repositories offer, and whether caches hold it. */
    public TemplatePackages templatePackages() {
        var area = new CacheArea(templates().directory());
        return new TemplatePackages(area, generations(), packageSources(), packageManagers());
    }

    /** Brings templates to this host out of packages. */
    public TemplateInstallation templateInstallation() {
        return new TemplateInstallation(layout, templates().directory(), programs());
    }

    /** Writes caches into files for other programs. */
    public DiskImage diskImage() {
        return new DiskImage(layers(), programs());
    }

    /** Takes templates off this host. */
    public TemplateRemoval templateRemoval() {
        return new TemplateRemoval(layout, templates(), caches(), configs(), programs());
    }

    /** Brings package lists and packages here before they are needed. */
    public TemplateDownloads downloads() {
        return new TemplateDownloads(templates(), packageSources(), packageManagers());
    }

    private PackageSources packageSources() {
        return new PackageSources(urlMap(), vzttConf(), proxies());
    }

    /** Made once, when first needed; containers may be worked on by several threads. */
    private static final class Lazy<T> {
        private final Supplier<T> make;
        private @Nullable T made;

        Lazy(Supplier<T> make) {
            this.make = make;
        }

        synchronized T get() {
            T service = made;
            if (service == null) {
                service = make.get();
                made = service;
            }
            return service;
        }
    }
}
