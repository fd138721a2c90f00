package dev.stencil.image;

import dev.stencil.host.Digest;
import dev.stencil.host.Progress;
import dev.stencil.host.Release;
import dev.stencil.image.GenerationManifest.Installed;
import dev.stencil.image.GenerationManifest.Maker;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.packages.BuildHooks;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.PackageFile;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.Resolution;
import dev.stencil.packages.Vzpackages;
import dev.stencil.template.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Turns fetched packages into one committed generation: root, scripts, cleaning, book-keeping, commit. */
final class CacheBuild {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final CacheSubject subject;
    private final PackageSource source;
    private final PackageManager manager;
    private final TemplateScripts scripts;
    private final LayerWorkshop workshop;
    private final Clock clock;
    private final Progress progress;

    CacheBuild(
            CacheSubject subject,
            PackageSource source,
            PackageManager manager,
            TemplateScripts scripts,
            LayerWorkshop workshop,
            Clock clock,
            Progress progress) {
        this.subject = subject;
        this.source = source;
        this.manager = manager;
        this.scripts = scripts;
        this.workshop = workshop;
        this.clock = clock;
        this.progress = progress;
    }

    /** Builds and commits {@code draft}; on failure the caller closes it and nothing has changed. */
    GenerationManifest run(GenerationDraft draft, Resolution plan) throws IOException {
        Instant built = clock.instant();
        Instant published = manager.published(source);
        var whole = new Whole(plan, published);
        workshop.add(draft, recipe(plan, published), whole);
        progress.stage("Packing cache");
        var manifest = new GenerationManifest(
                subject.name(),
                built,
                new Maker(Release.VERSION, source.driver()),
                draft.stack().stream().map(Layer::digest).toList(),
                withDigests(whole.installed, plan),
                whole.extent);
        draft.write(GenerationStore.MANIFEST, manifest.text());
        draft.write("templates/vzpackages", vzpackages(whole.installed));
        draft.write("templates/" + subject.template().name() + "/timestamp", timestamp() + "\n");
        draft.commit();
        return manifest;
    }

    private final class Whole implements LayerWork {
        private final Resolution plan;
        private final Instant published;
        private List<InstalledPackage> installed = List.of();
        private Extent extent = new Extent(0, 0);

        Whole(Resolution plan, Instant published) {
            this.plan = plan;
            this.published = published;
        }

        @Override
        public void run(Path root) throws IOException {
            manager.populate(source, root, plan, hooks(published), progress);
            installed = manager.installed(root);
            Mounts.detachInside(root);
            ImageCleaning.clean(root);
            extent = Extent.of(root);
        }
    }

    private LayerRecipe recipe(Resolution plan, Instant published) throws IOException {
        Map<String, String> inputs = inputs();
        inputs.put("build", UUID.randomUUID().toString());
        List<Installed> packages = plan.install().stream()
                .map(file -> new Installed(file.name(), Optional.of(file.sha256())))
                .toList();
        return new LayerRecipe(Optional.empty(), "packages", source.driver(), published, packages, inputs);
    }

    /**
     * Where the template's scripts have their places here (decision 0021): {@code mid-*} one after the other as soon as
     * there is something to run them with, because no container is restarted between them.
     */
    private BuildHooks hooks(Instant published) {
        // Scripts of the host get a container's id. The original's temporary container had a random one; ours is always
        // the same: what a script writes down must not differ between builds.
        String container = UUID.nameUUIDFromBytes(subject.template().name().getBytes(StandardCharsets.UTF_8))
                .toString();
        return new BuildHooks() {
            @Override
            public Instant clock() {
                return published;
            }

            @Override
            public void beforePackages(Path root) {
                scripts.runOnHost(subject.template(), Script.PRE_CACHE, root, container, progress);
            }

            @Override
            public void afterBootstrap(Path root, ProgramRunner inside) {
                scripts.runInside(subject.template(), Script.MID_PRE_INSTALL, root, inside, progress);
                scripts.runInside(subject.template(), Script.MID_POST_INSTALL, root, inside, progress);
            }

            @Override
            public void afterPackages(Path root, ProgramRunner inside) {
                scripts.runOnHost(subject.template(), Script.POST_CACHE, root, container, progress);
                scripts.runInside(subject.template(), Script.POST_INSTALL, root, inside, progress);
            }
        };
    }

    private static List<Installed> withDigests(List<InstalledPackage> installed, Resolution plan) {
        Map<String, Digest> digests = new HashMap<>();
        for (PackageFile file : plan.install()) {
            digests.put(file.name().toString(), file.sha256());
        }
        return installed.stream()
                .map(InstalledPackage::name)
                .map(name -> new Installed(name, Optional.ofNullable(digests.get(name.toString()))))
                .toList();
    }

    /** Everything besides packages that can change the result. */
    private Map<String, String> inputs() throws IOException {
        Map<String, String> inputs = new TreeMap<>();
        for (Script script : Script.values()) {
            var file = subject.template().script(script);
            if (file.isPresent()) {
                inputs.put(script.fileName(), "sha256:" + Digest.of(Files.readAllBytes(file.get())));
            }
        }
        subject.template().environment().forEach((name, value) -> inputs.put("$" + name, value));
        return inputs;
    }

    private static String vzpackages(List<InstalledPackage> installed) {
        return Vzpackages.of(installed.stream().map(InstalledPackage::name).toList())
                .text();
    }

    private String timestamp() {
        return TIMESTAMP.format(ZonedDateTime.now(clock));
    }
}
