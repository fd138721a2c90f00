package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.GenerationManifest.Installed;
import dev.stencil.linux.FileLock;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Puts one more layer upon those of a generation, in which packages were added or renewed. Only what changes is looked at:
 * neither planning nor making the layer walks through the tree below.
 */
final class StackedBuild {
    private static final Resolution NOTHING = new Resolution(List.of(), List.of(), List.of(), List.of());
    private static final Duration LAYER_WAIT = Duration.ofMinutes(10);

    private final CacheTools tools;
    private final CacheSubject subject;
    private final StackChange change;
    private final PackageManager manager;
    private final PackageSource source;
    private final Progress progress;

    StackedBuild(CacheTools tools, CacheSubject subject, StackChange change, Progress progress) {
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
        workshop.add(draft, recipe, new Work(plan, RootContents.of(below), recipe.clock()));
    }

    private LayerRecipe recipe(Layer below, Resolution plan) throws IOException {
        Map<String, String> inputs = new TreeMap<>();
        for (StackChange.Named script : change.scripts()) {
            inputs.put(script.name(), "sha256:" + Digest.of(Files.readAllBytes(script.file())));
        }
        source.environment().forEach((name, value) -> inputs.put("$" + name, value));
        plan.remove().forEach(gone -> inputs.put("remove " + gone, ""));
        plan.automatic().forEach(name -> inputs.put("automatic " + name, ""));
        List<Installed> packages = plan.install().stream()
                .map(file -> new Installed(file.name(), Optional.of(file.sha256())))
                .toList();
        return new LayerRecipe(
                Optional.of(below.digest()), change.work(), source.driver(), clock(below, plan), packages, inputs);
    }

    /** Never earlier than that of the layer below, nor than the newest package (decision 0066). */
    private Instant clock(Layer below, Resolution plan) throws IOException {
        Instant before = LayerRecipe.clockOf(below);
        Instant newest = manager.newest(plan.install());
        return newest.isAfter(before) ? newest : before;
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
        public void run(Path root) {
            var scripts = new StackedScripts(tools.scripts(), change, subject, root, now, progress);
            manager.amend(source, root, plan, scripts, progress);
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
            return manager.installed(root).stream()
                    .map(one -> new Installed(
                            one.name(),
                            Optional.ofNullable(digests.get(one.name().toString()))))
                    .toList();
        }
    }
}
