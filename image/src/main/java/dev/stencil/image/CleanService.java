package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.image.layer.Extent;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.layer.LayerStore;
import dev.stencil.image.layer.LayerUsers;
import dev.stencil.linux.FileLock;
import dev.stencil.linux.Root;
import dev.stencil.packages.PackageStore;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Removes what no template, cache or container refers to, and says how much that was. What is in use, or is just being
 * made, stays. A crash in between leaves less to remove for the next run.
 */
public final class CleanService {
    private final TemplateArea templates;
    private final CacheArea area;
    private final PackageStore store;
    private final GenerationStore generations;
    private final CacheSweep sweep;
    private final NeededPackages needed;

    public CleanService(TemplateArea templates, PackageStore store, LayerUsers users) {
        this.templates = templates;
        this.area = new CacheArea(templates.directory());
        this.store = store;
        var layers = new LayerStore(area);
        this.generations = new GenerationStore(area, layers);
        this.sweep = new CacheSweep(area, layers, generations, users);
        this.needed = new NeededPackages(templates, generations, users);
    }

    /** What was freed, in the order of the kinds; a kind without anything to remove is there with nothing. */
    public List<Freed> clean(CleanRequest request, Progress progress) {
        progress.stage("Cleaning local cache");
        var run = new Run(request, new CacheLocks(area, request.takeLocks(), progress), progress);
        try {
            run.caches();
            run.packages();
            run.lists();
            if (!request.checkOnly()) {
                sweep.emptyTrash();
            }
            return run.freed();
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Not everything was cleaned: " + e.getMessage() + ". Nothing in use is gone.", e);
        }
    }

    private final class Run {
        private final CleanRequest request;
        private final CacheLocks locks;
        private final Progress progress;
        private final Map<Freed.Kind, Freed> freed = new EnumMap<>(Freed.Kind.class);
        /** Generations that go in this run, or would. */
        private final List<Path> gone = new ArrayList<>();

        Run(CleanRequest request, CacheLocks locks, Progress progress) {
            this.request = request;
            this.locks = locks;
            this.progress = progress;
            request.kinds().forEach(kind -> freed.put(kind, new Freed(kind, List.of(), 0)));
        }

        List<Freed> freed() {
            return List.copyOf(freed.values());
        }

        /** Caches that somebody is making are passed over: it sweeps when it is done. */
        void caches() throws IOException {
            if (!request.kinds().contains(Freed.Kind.LAYERS)) {
                return;
            }
            List<FileLock> held = new ArrayList<>();
            try {
                List<String> free = new ArrayList<>();
                for (String name : chosenCaches()) {
                    Optional<FileLock> lock = cacheLock(name);
                    if (lock.isPresent() || !request.takeLocks()) {
                        lock.ifPresent(held::add);
                        free.add(name);
                    } else {
                        progress.note("The cache of " + name + " is being made, passed over");
                    }
                }
                leftovers(free);
                replacedAndUnused(free);
            } finally {
                for (FileLock lock : held) {
                    lock.close();
                }
            }
        }

        private List<String> chosenCaches() {
            List<String> wanted = request.templates().stream()
                    .map(name -> templates.requireOfAnyArchitecture(name).name())
                    .toList();
            return generations.templates().stream()
                    .filter(name -> wanted.isEmpty()
                            || wanted.stream().anyMatch(one -> name.equals(one) || name.startsWith(one + "_app_")))
                    .toList();
        }

        private Optional<FileLock> cacheLock(String name) throws IOException {
            if (!request.takeLocks()) {
                return Optional.empty();
            }
            Files.createDirectories(area.cacheLock(name).getParent());
            return FileLock.exclusive(area.cacheLock(name), Duration.ZERO);
        }

        private void leftovers(List<String> names) throws IOException {
            List<Path> found = new ArrayList<>();
            if (Files.isDirectory(area.trash())) {
                try (var entries = Files.list(area.trash())) {
                    found.addAll(entries.toList());
                }
            }
            if (request.takeLocks()) {
                for (String name : names) {
                    found.addAll(sweep.leftovers(name));
                }
            }
            count(Freed.Kind.LEFTOVERS, found);
            if (!request.checkOnly() && request.takeLocks()) {
                for (String name : names) {
                    sweep.removeLeftovers(name);
                }
            }
        }

        private void replacedAndUnused(List<String> names) throws IOException {
            try (FileLock _ = sweep.lockLayers()) {
                CacheSweep.Unused unused = sweep.unused(names);
                unused.generations().values().forEach(gone::addAll);
                count(Freed.Kind.GENERATIONS, gone);
                count(
                        Freed.Kind.LAYERS,
                        unused.layers().stream().map(Layer::directory).toList());
                if (!request.checkOnly()) {
                    sweep.discard(unused);
                    sweep.removeIdleLocks();
                }
            }
        }

        /** Who fetches packages for something that is not written down yet holds a template's lock. */
        void packages() throws IOException {
            if (!request.kinds().contains(Freed.Kind.PACKAGES)) {
                return;
            }
            List<CacheLocks.Held> held = new ArrayList<>();
            try {
                for (OsTemplate one : distributions(templates.osTemplates())) {
                    held.add(locks.templateExclusive(one));
                }
                Set<Digest> keep = needed.all(gone);
                List<Path> unused = new ArrayList<>();
                store.files().forEach((digest, files) -> {
                    if (!keep.contains(digest)) {
                        unused.addAll(files);
                    }
                });
                count(Freed.Kind.PACKAGES, unused);
                if (!request.checkOnly()) {
                    for (Path file : unused) {
                        Files.deleteIfExists(file);
                    }
                }
            } finally {
                for (CacheLocks.Held lock : held) {
                    lock.close();
                }
            }
        }

        void lists() throws IOException {
            if (!request.kinds().contains(Freed.Kind.LISTS)) {
                return;
            }
            List<OsTemplate> chosen = request.templates().isEmpty()
                    ? templates.osTemplates()
                    : request.templates().stream()
                            .map(templates::requireOfAnyArchitecture)
                            .toList();
            List<Path> found = new ArrayList<>();
            for (OsTemplate one : distributions(chosen)) {
                if (Files.isDirectory(one.packageManagerDirectory())) {
                    found.add(one.packageManagerDirectory());
                }
            }
            count(Freed.Kind.LISTS, found);
            if (request.checkOnly()) {
                return;
            }
            for (OsTemplate one : distributions(chosen)) {
                try (var _ = locks.templateExclusive(one);
                        Root base = Root.open(one.baseDirectory())) {
                    base.deleteTree(one.packageManagerDirectory().getFileName().toString());
                }
            }
        }

        private void count(Freed.Kind kind, List<Path> paths) throws IOException {
            long bytes = 0;
            for (Path path : paths) {
                bytes += Files.isDirectory(path)
                        ? Extent.of(path).sizeBytes()
                        : Files.isRegularFile(path) ? Files.size(path) : 0;
            }
            freed.put(kind, new Freed(kind, paths, bytes));
        }
    }

    /** One template of each lock file, in the order of those. */
    private static Collection<OsTemplate> distributions(List<OsTemplate> all) {
        Map<Path, OsTemplate> byLock = new TreeMap<>();
        all.forEach(one -> byLock.putIfAbsent(one.lockFile(), one));
        return byLock.values();
    }
}
