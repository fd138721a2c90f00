package dev.stencil.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.cleaning.ClockNormalisation;
import dev.stencil.image.cleaning.VolatilePaths;
import dev.stencil.image.layer.Extent;
import dev.stencil.image.layer.Installed;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.layer.LayerDraft;
import dev.stencil.image.layer.LayerRecipe;
import dev.stencil.image.layer.LayerWork;
import dev.stencil.image.layer.RootContents;
import dev.stencil.image.lock.StackedLock;
import dev.stencil.linux.FileLock;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PathConflict;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.lock.Lock;
import dev.stencil.packages.lock.LockClosure;
import dev.stencil.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Puts one more layer upon those of a generation, in which packages were added or renewed. Only what changes is looked at:
 * neither planning nor making the layer walks through the tree below.
 */
final class StackedBuild {
    private static final Resolution NOTHING = new Resolution(List.of(), List.of(), List.of(), List.of());
    private static final Set<Fault> NO_LOCK = Set.of(Fault.STALE, Fault.PACKAGE_MANAGER, Fault.LOCK_DAMAGED);
    private static final Duration LAYER_WAIT = Duration.ofMinutes(10);

    private final CacheTools tools;
    private final CacheSubject subject;
    private final StackChange change;
    private final PackageManager manager;
    private final PackageSource source;
    private final Instant newest;
    private final Progress progress;
    /** Of the generation below, from {@link #begin} on. */
    private Optional<Lock> lockBelow = Optional.empty();

    StackedBuild(CacheTools tools, CacheSubject subject, StackChange change, Progress progress) {
        this(tools, subject, change, Instant.MAX, progress);
    }

    /** @param newest no time stamp of the layer is newer, whenever its packages were made */
    StackedBuild(CacheTools tools, CacheSubject subject, StackChange change, Instant newest, Progress progress) {
        this.newest = newest;
        this.tools = tools;
        this.subject = subject;
        this.change = change;
        this.manager = tools.managers().of(subject.template().packageManagerType());
        PackageSource plain = tools.sources().of(subject.template(), subject.applications());
        this.source = subject.applications().isEmpty() ? plain : plain.withVariable(StackedScripts.VARIABLE, "1");
        this.progress = progress;
    }

    /** A generation in the making with the layers of {@code below}, none of which goes away any more. */
    GenerationDraft begin(Supplier<Generation> below) throws IOException {
        String name = subject.name();
        try (FileLock _ = tools.layers().keep(LAYER_WAIT)) {
            Generation base = below.get();
            lockBelow = unlessUnknown(() -> GenerationStore.lock(base));
            int number = tools.generations().lastNumber(name) + 1;
            var draft = GenerationDraft.begin(tools.area(), tools.layers(), name, number);
            try {
                for (Layer layer : base.layers()) {
                    if (draft.take(layer.digest()).isEmpty()) {
                        throw damaged(base, layer);
                    }
                }
                return draft;
            } catch (IOException | StencilException e) {
                draft.close();
                throw e;
            }
        }
    }

    private static StencilException damaged(Generation below, Layer layer) {
        return new StencilException(
                Fault.FILE_NOT_FOUND,
                "Layer " + layer.digest() + " of the cache of " + below.template()
                        + " is missing, or was not finished when the host went down. Make that cache anew: "
                        + "vzpkg update cache");
    }

    /** What would change in the system of {@code draft}. Reads local lists only. */
    Resolution plan(GenerationDraft draft) throws IOException {
        try (LayerDraft view = draft.view()) {
            List<PackageName> installed = manager.installed(view.root()).stream()
                    .map(InstalledPackage::name)
                    .toList();
            return change.wish()
                    .given(installed)
                    .map(request -> manager.resolve(source, view.root(), request))
                    .orElse(NOTHING);
        }
    }

    /** Fetches what {@code plan} needs, and puts the layer on top of {@code draft}. */
    void addLayer(GenerationDraft draft, Resolution plan) throws IOException {
        manager.fetch(source, plan, progress);
        Layer below = draft.stack().getLast();
        var workshop = new LayerWorkshop(tools.area(), tools.layers(), new ClockNormalisation(), progress);
        LayerRecipe recipe = recipe(below, plan);
        Layer made = workshop.add(draft, recipe, new Work(plan, RootContents.of(below), recipe.clock()));
        keepLock(draft, plan, RootContents.of(made), recipe.clock());
    }

    private void keepLock(GenerationDraft draft, Resolution plan, RootContents contents, Instant now)
            throws IOException {
        List<PackageName> installed =
                contents.packages().stream().map(Installed::name).toList();
        Optional<Lock> lock = lock(plan, installed, now);
        if (lock.isPresent()) {
            draft.madeFrom(lock.get());
        }
    }

    private Optional<Lock> lock(Resolution plan, List<PackageName> installed, Instant now) {
        var done = new StackedLock.Change(plan, installed, now, change.reads());
        var maker = new StackedLock(source, manager, tools.clock());
        return unlessUnknown(() -> lockBelow.map(below -> maker.of(subject, below, done)));
    }

    /** A cache is good without a lock, too: where packages from below are described nowhere any more, it keeps none. */
    private Optional<Lock> unlessUnknown(Supplier<Optional<Lock>> lock) {
        try {
            return lock.get();
        } catch (StencilException e) {
            if (!NO_LOCK.contains(e.fault())) {
                throw e;
            }
            progress.note("The cache of " + subject.name() + " keeps no lock: " + e.getMessage());
            return Optional.empty();
        }
    }

    private LayerRecipe recipe(Layer below, Resolution plan) throws IOException {
        Map<String, String> inputs = new TreeMap<>();
        for (StackChange.Named script : change.scripts()) {
            inputs.put(script.name(), "sha256:" + Digest.of(Files.readAllBytes(script.file())));
        }
        source.environment().forEach((name, value) -> inputs.put("$" + name, value));
        for (Template template : templates()) {
            if (!template.volatilePaths().isEmpty()) {
                String lines = String.join("\n", template.volatilePaths());
                inputs.put("volatile " + template.name(), "sha256:" + Digest.of(lines.getBytes(UTF_8)));
            }
        }
        plan.remove().forEach(gone -> inputs.put("remove " + gone, ""));
        plan.automatic().forEach(name -> inputs.put("automatic " + name, ""));
        List<Installed> packages = plan.install().stream()
                .map(file -> new Installed(file.name(), Optional.of(file.sha256())))
                .toList();
        return new LayerRecipe(
                Optional.of(below.digest()), change.work(), source.driver(), clock(below, plan), packages, inputs);
    }

    /** Whose files make up the system. */
    private List<Template> templates() {
        List<Template> templates = new ArrayList<>(subject.applications());
        templates.add(subject.template());
        return templates;
    }

    /** Never earlier than that of the layer below, nor than the newest package (decision 0066). */
    private Instant clock(Layer below, Resolution plan) throws IOException {
        Instant before = LayerRecipe.clockOf(below);
        Instant made = manager.newest(plan.install());
        Instant clock = made.isAfter(before) ? made : before;
        return clock.isAfter(newest) ? newest : clock;
    }

    /** The work on the root, and what there is in it afterwards. */
    private final class Work implements LayerWork {
        private final Resolution plan;
        private final RootContents below;
        private final Instant now;

        Work(Resolution plan, RootContents below, Instant now) {
            this.plan = plan;
            this.below = below;
            this.now = now;
        }

        @Override
        public void run(Path root) throws IOException {
            var scripts = new StackedScripts(tools.scripts(), change, subject, root, now, progress);
            try {
                manager.amend(source, root, plan, scripts, progress);
            } catch (PathConflict conflict) {
                Optional<Lock> planned = lock(plan, planned(), now);
                throw planned.isPresent() ? LockClosure.explained(planned.get(), conflict) : conflict;
            }
            for (Template template : templates()) {
                new VolatilePaths(template).removeFrom(root);
            }
        }

        /** What would be installed afterwards. */
        private List<PackageName> planned() {
            List<PackageName> names = new ArrayList<>();
            below.packages().forEach(one -> names.add(one.name()));
            names.removeAll(plan.remove());
            names.removeAll(plan.replaced());
            plan.install().forEach(file -> names.add(file.name()));
            return names;
        }

        @Override
        public void describe(Path root, LayerDraft layer) throws IOException {
            // Files that are in both layers count twice: they do take the space twice.
            Extent extent = below.extent().plus(Extent.of(layer.files()));
            layer.write(RootContents.FILE, new RootContents(extent, withDigests(root)).text());
        }

        private List<Installed> withDigests(Path root) {
            Map<String, Digest> digests = new HashMap<>();
            below.packages().forEach(one -> one.sha256()
                    .ifPresent(digest -> digests.put(one.name().toString(), digest)));
            for (PackageFile file : plan.install()) {
                digests.put(file.name().toString(), file.sha256());
            }
            return Installed.of(manager.installed(root), digests);
        }
    }
}
