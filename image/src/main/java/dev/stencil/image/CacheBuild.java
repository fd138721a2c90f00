package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.host.Progress;
import dev.stencil.image.cleaning.VolatilePaths;
import dev.stencil.image.layer.Extent;
import dev.stencil.image.layer.Installed;
import dev.stencil.image.layer.Layer;
import dev.stencil.image.layer.LayerDraft;
import dev.stencil.image.layer.LayerRecipe;
import dev.stencil.image.layer.LayerWork;
import dev.stencil.image.layer.RootContents;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.BuildHooks;
import dev.stencil.packages.BuildStage;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PathConflict;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.lock.LockClosure;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Turns fetched packages into a generation: a layer for each stage of packages, one for what comes after them, and the
 * book-keeping. Layers that are there already are taken as they are.
 */
final class CacheBuild {
    private final CacheSubject subject;
    private final PackageSource source;
    private final PackageManager manager;
    private final TemplateScripts scripts;
    private final LayerWorkshop workshop;
    private final Progress progress;

    CacheBuild(
            CacheSubject subject,
            PackageSource source,
            PackageManager manager,
            TemplateScripts scripts,
            LayerWorkshop workshop,
            Progress progress) {
        this.subject = subject;
        this.source = source;
        this.manager = manager;
        this.scripts = scripts;
        this.workshop = workshop;
        this.progress = progress;
    }

    /**
     * Puts all layers of {@code plan} into {@code draft}, which the caller commits, or closes and nothing has changed.
     *
     * @param newest no time stamp is newer
     * @throws dev.stencil.host.StencilException {@code LOCK_NOT_CLOSED} telling how both came in, when two packages bring the
     *     same path
     */
    void addLayers(GenerationDraft draft, Resolution plan, List<BuildStage> stages, Instant newest) throws IOException {
        try {
            addAll(draft, plan, stages, newest);
        } catch (PathConflict conflict) {
            throw draft.lock().isPresent() ? LockClosure.explained(draft.lock().get(), conflict) : conflict;
        }
    }

    private void addAll(GenerationDraft draft, Resolution plan, List<BuildStage> stages, Instant newest)
            throws IOException {
        var recipes = new CacheRecipes(subject.template(), source);
        var time = new StageClock(manager, newest);
        Optional<Digest> below = Optional.empty();
        for (BuildStage stage : stages) {
            LayerRecipe recipe = recipes.stage(below, stage, time.at(stage));
            BuildHooks hooks = hooks(recipe.clock());
            Layer layer = workshop.add(draft, recipe, root -> manager.populate(source, root, stage, hooks, progress));
            below = Optional.of(layer.digest());
        }
        LayerRecipe recipe = recipes.finish(below.orElseThrow(), plan, time.now());
        workshop.add(draft, recipe, new Finish(plan, recipe.clock()));
    }

    /** After the last package: the template's scripts, and a look at what came out. */
    private final class Finish implements LayerWork {
        private final Resolution plan;
        private final Instant now;

        Finish(Resolution plan, Instant now) {
            this.plan = plan;
            this.now = now;
        }

        @Override
        public void run(Path root) throws IOException {
            manager.finish(source, root, plan, hooks(now), progress);
            new VolatilePaths(subject.template()).removeFrom(root);
        }

        @Override
        public void describe(Path root, LayerDraft layer) throws IOException {
            List<Installed> packages = withDigests(root);
            layer.write(RootContents.FILE, new RootContents(Extent.of(root), packages).text());
        }

        private List<Installed> withDigests(Path root) {
            Map<String, Digest> digests = new HashMap<>();
            for (PackageFile file : plan.install()) {
                digests.put(file.name().toString(), file.sha256());
            }
            return Installed.of(manager.installed(root), digests);
        }
    }

    /**
     * Where the template's scripts have their places here (decision 0021): {@code mid-*} one after the other as soon as
     * there is something to run them with, because no container is restarted between them.
     */
    private BuildHooks hooks(Instant now) {
        OsTemplate template = subject.template();
        // Scripts of the host get a container's id. The original's temporary container had a random one; here siblings
        // share layers, so it is the same for all templates of a distribution.
        String container = UUID.nameUUIDFromBytes(
                        template.coordinates().baseName().getBytes(StandardCharsets.UTF_8))
                .toString();
        return new BuildHooks() {
            @Override
            public Instant clock() {
                return now;
            }

            @Override
            public void beforePackages(Path root) {
                scripts.runOnHost(template, Script.PRE_CACHE, root, container, progress);
            }

            @Override
            public void afterBootstrap(Path root, ProgramRunner inside) {
                scripts.runInside(template, Script.MID_PRE_INSTALL, root, inside, progress);
                scripts.runInside(template, Script.MID_POST_INSTALL, root, inside, progress);
            }

            @Override
            public void afterPackages(Path root, ProgramRunner inside) {
                scripts.runOnHost(template, Script.POST_CACHE, root, container, progress);
                scripts.runInside(template, Script.POST_INSTALL, root, inside, progress);
            }
        };
    }
}
