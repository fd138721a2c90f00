package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.Release;
import dev.stencil.host.StencilException;
import dev.stencil.image.RebuildReport.Comparison;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.layer.LayerRecipe;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.lock.LockService;
import dev.stencil.image.lock.LockVerification;
import dev.stencil.image.lock.LockedPlan;
import dev.stencil.image.lock.NamedLock;
import dev.stencil.image.tree.LayeredTree;
import dev.stencil.image.tree.TreeManifest;
import dev.stencil.linux.FileLock;
import dev.stencil.linux.Staging;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageManagers;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PackageSources;
import dev.stencil.packages.lock.Lock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Builds a lock once more, cold, and compares: no solver, no layer that is there already, everything in a directory of its own
 * that is gone afterwards. What came out is written down beside the lock (decision 0065).
 */
public final class CacheRebuild {
    /**
     * What the host puts into a system to suit its site, so not part of what a lock determines (decision 0064): where a
     * Debian system's own apt finds the archives is the mirror of the host that built it.
     */
    private static final Set<String> SITE_FILES = Set.of("etc/apt/sources.list");

    /** The kernel takes paths of up to 255 characters for an overlay, and the name of a cache with applications is long. */
    private static final String SHORT_NAME = "again";

    private final CacheArea area;
    private final LockService locks;
    private final PackageSources sources;
    private final PackageManagers managers;
    private final TemplateScripts scripts;
    private final Clock clock;

    public CacheRebuild(
            CacheArea area,
            LockService locks,
            PackageSources sources,
            PackageManagers managers,
            TemplateScripts scripts,
            Clock clock) {
        this.area = area;
        this.locks = locks;
        this.sources = sources;
        this.managers = managers;
        this.scripts = scripts;
        this.clock = clock;
    }

    /**
     * Compares with the cache in force when it was made from this lock, else with an earlier result of this lock. A result
     * that is the same, or the first one, is written down.
     *
     * @throws StencilException {@code STALE} when the template's files are not those of the lock any more
     */
    public RebuildReport run(NamedLock named, Progress progress) {
        CacheSubject subject = subject(named);
        PackageSource source = sources.of(subject.template(), subject.applications());
        PackageManager manager = managers.of(subject.template().packageManagerType());
        LockedPlan plan = LockedPlan.of(named.lock(), source);
        manager.fetch(source, plan.resolution(), progress);
        LockService.requireClosed(plan, source, manager);
        var cacheLocks = new CacheLocks(area, true, progress);
        try (var _ = cacheLocks.cache(subject.name(), FileLock.FOREVER);
                var _ = cacheLocks.templateShared(subject.template());
                Staging place = Staging.beside(area.cachesOf(subject.name()).resolve(SHORT_NAME))) {
            CacheTools apart = toolsIn(new CacheArea(place.directory()));
            var build = new LockedBuild(apart, subject, plan, progress);
            try (var draft = GenerationDraft.begin(apart.area(), apart.layers(), SHORT_NAME, 1)) {
                build.addLayers(draft);
                progress.stage("Comparing");
                return compared(named, subject, trees(draft.stack()));
            }
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "The lock " + named.name() + " was not built again: " + e.getMessage(), e);
        }
    }

    private CacheTools toolsIn(CacheArea place) {
        var layers = new LayerStore(place);
        return new CacheTools(place, layers, new GenerationStore(place, layers), sources, managers, scripts, clock);
    }

    private CacheSubject subject(NamedLock named) {
        Lock lock = named.lock();
        LockVerification found = locks.verify(named, false);
        if (!found.changedInputs().isEmpty()) {
            throw new StencilException(
                    Fault.STALE,
                    "The lock " + named.name() + " cannot be built again, the template has moved on: "
                            + String.join(", ", found.changedInputs()) + ". Bring its files back, or make a new lock.");
        }
        return locks.subject(lock);
    }

    private static List<Path> trees(List<Layer> layers) {
        return layers.stream().map(Layer::files).toList();
    }

    private RebuildReport compared(NamedLock named, CacheSubject subject, List<Path> trees) throws IOException {
        Digest id = named.lock().id();
        BuiltFile known = BuiltFile.beside(named.file());
        try (LayeredTree tree = LayeredTree.open(trees)) {
            TreeManifest manifest = manifest(tree);
            BuiltResult result = BuiltResult.of(id, toolchain(named.lock()), manifest, tree.root(), clock.instant());
            var report = new RebuildReport(
                    named.lock(), result, comparison(generation(subject, id), known, manifest, result));
            if (report.isSame()) {
                known.put(result);
            }
            return report;
        }
    }

    private static TreeManifest manifest(LayeredTree tree) throws IOException {
        return TreeManifest.read(tree.root()).without(SITE_FILES);
    }

    private static Comparison comparison(
            Optional<Generation> generation, BuiltFile known, TreeManifest manifest, BuiltResult result)
            throws IOException {
        if (generation.isPresent()) {
            try (LayeredTree tree = LayeredTree.open(generation.get().trees())) {
                return new Comparison.WithGeneration(
                        generation.get(), manifest(tree).differencesTo(manifest));
            }
        }
        Optional<BuiltResult> earlier = known.find(result.lock(), result.toolchain());
        return earlier.isPresent() ? new Comparison.WithRecord(earlier.get()) : new Comparison.None();
    }

    /** The one in force, if it was made from the lock with this id and not changed into what it says. */
    private Optional<Generation> generation(CacheSubject subject, Digest id) {
        return new GenerationStore(area, new LayerStore(area))
                .current(subject.name())
                .filter(current -> GenerationStore.lock(current)
                        .filter(lock ->
                                lock.id().equals(id) && !lock.provenance().isOfChange())
                        .isPresent());
    }

    /** Which runtime and kernel the host has is not among it: they give equal results. */
    private static Digest toolchain(Lock lock) {
        String text = "stencil " + Release.VERSION + "\nlayers " + LayerRecipe.FORMAT + "\nmanager "
                + lock.template().manager() + "\n";
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
