package dev.stencil.container;

import dev.stencil.container.ContainerLocks.Held;
import dev.stencil.container.ContainerLocks.Work;
import dev.stencil.container.applications.ContainerAccess;
import dev.stencil.container.config.ContainerConfig;
import dev.stencil.container.config.ContainerConfigs;
import dev.stencil.container.config.ContainerId;
import dev.stencil.container.config.Samples;
import dev.stencil.container.config.Samples.Sample;
import dev.stencil.host.ConfigFile;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.host.VzConf;
import dev.stencil.image.AppcacheSelection;
import dev.stencil.image.AppcacheWish;
import dev.stencil.image.lock.LockReferences;
import dev.stencil.linux.RandomUuid;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes containers; source: spec vzctl 4.1, whose order of checks this keeps. The container exists from the moment its
 * private area gets its name; whatever fails before leaves nothing, and an administrator's own configuration stays.
 */
final class ContainerCreation {
    private final HostLayout layout;
    private final ContainerConfigs configs;
    private final ContainerLocks locks;
    private final TemplateArea templates;
    private final GenerationSource generations;
    private final IdRanges idRanges;

    ContainerCreation(
            HostLayout layout,
            ContainerConfigs configs,
            ContainerLocks locks,
            TemplateArea templates,
            GenerationSource generations) {
        this.layout = layout;
        this.configs = configs;
        this.locks = locks;
        this.templates = templates;
        this.generations = generations;
        this.idRanges = new IdRanges(layout);
    }

    /** What a new container starts from: settings, and which sample they came from. */
    private record Base(ConfigFile content, Optional<String> sample) {}

    /**
     * A container made.
     *
     * @param applications templates that its profile names and that are not in it yet
     */
    record NewContainer(Container container, List<String> applications) {}

    /**
     * Makes one. A cache that holds the applications of its profile is used when it is there.
     *
     * @param withApplications whether such a cache is made first where it is missing
     */
    @SuppressWarnings("try") // locks are held, not used
    NewContainer create(CreateContainerRequest request, boolean withApplications, Progress progress) {
        ContainerId id = request.id();
        try (Held held = locks.acquire(id, Work.CREATING)) {
            requireAbsent(id);
            Base base = base(request);
            OsTemplate template = templates.require(templateName(request, base));
            AppcacheSelection selection = selection(base, template, withApplications);
            ConfigFile config = merge(request, base, template);
            var planned = new ContainerConfig(id, config, configs.global().file());
            Path home = planned.privateArea(layout);
            planned.root(layout);
            requireFree(home);
            if (request.name().isPresent()) {
                configs.names().requireFree(request.name().get(), id);
            }
            progress.note("Creating private area of container " + id + " (" + template.name() + ")"
                    + base.sample().map(name -> " with sample " + name).orElse(""));
            List<String> applications = make(request, home, config, selection, withApplications, progress);
            request.name().ifPresent(name -> configs.rename(id, name.text()));
            progress.note("Private area " + home + " created");
            var container = new Container(id, configs.require(id), new PrivateArea(home), planned.root(layout));
            return new NewContainer(container, applications);
        } catch (IOException e) {
            throw failed(id, e);
        }
    }

    private AppcacheSelection selection(Base base, OsTemplate template, boolean areAllNeeded) {
        AppcacheWish wish = new AppcacheWishes(configs.global()).of(base.content(), template.name());
        return areAllNeeded
                ? AppcacheSelection.of(templates, template, wish)
                : AppcacheSelection.ofPresent(templates, template, wish);
    }

    /** Answers the applications that are wanted and not in it yet. */
    @SuppressWarnings("try") // locks are held, not used
    private List<String> make(
            CreateContainerRequest request,
            Path home,
            ConfigFile config,
            AppcacheSelection selection,
            boolean mayMakeCache,
            Progress progress)
            throws IOException {
        ContainerId id = request.id();
        try (PrivateAreaDraft draft = PrivateAreaDraft.begin(home);
                GenerationSource.Kept kept = generations.require(selection, mayMakeCache, progress)) {
            IdRange ids = request.profile().isPrivileged() ? IdRange.HOST : idRanges.allocate(id);
            boolean published = false;
            try {
                PrivateArea area = draft.fill(kept.layers(), ids, ownerName());
                copyMarks(kept.generation().templates(), area.templates());
                copyLock(kept.generation().directory(), area.templates());
                withApplications(config, kept).write(area.config());
                publish(id, home, draft);
                published = true;
            } finally {
                if (!published) {
                    idRanges.release(ids, id);
                }
            }
            return kept.missing();
        }
    }

    /** What its layers bring is recorded as if it had been installed; the rest is recorded when it is. */
    private static ConfigFile withApplications(ConfigFile config, GenerationSource.Kept kept) {
        return kept.applications().isEmpty()
                ? config
                : config.with("TEMPLATES", ContainerConfig.applicationsText(kept.applications()));
    }

    /** A link that leads nowhere yet says nothing; so it is made first, and the rename makes the container exist. */
    private void publish(ContainerId id, Path home, PrivateAreaDraft draft) throws IOException {
        Path link = configs.link(id);
        Path target = new PrivateArea(home).config();
        boolean prepared = Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link);
        if (!prepared) {
            configs.register(id, target);
        }
        try {
            draft.publish();
        } catch (IOException e) {
            if (!prepared) {
                Files.deleteIfExists(link);
            }
            throw e;
        }
        if (prepared) {
            configs.register(id, target);
        }
    }

    private void requireAbsent(ContainerId id) {
        Optional<ContainerConfig> existing = configs.find(id);
        if (existing.isPresent() && Files.isDirectory(existing.get().privateArea(layout))) {
            throw new StencilException(
                    Fault.CONTAINER_EXISTS,
                    "Container " + id + " exists already. Choose another id, or remove it: vzctl destroy " + id);
        }
    }

    private static void requireFree(Path home) {
        if (Files.exists(home, LinkOption.NOFOLLOW_LINKS)) {
            throw new StencilException(
                    Fault.CONTAINER_EXISTS,
                    "The private area " + home + " exists already without a configuration. Move it away.");
        }
    }

    /** Spec vzctl 4.1, step 2: the sample asked for, a configuration prepared for this id, the default sample, nothing. */
    private Base base(CreateContainerRequest request) {
        var samples = new Samples(layout);
        if (request.profile().sample().isPresent()) {
            return base(samples.require(request.profile().sample().get()));
        }
        Optional<ContainerConfig> prepared = configs.find(request.id());
        if (prepared.isPresent()) {
            ConfigFile own = prepared.get().own();
            return new Base(own, own.nonEmpty("ORIGIN_SAMPLE"));
        }
        return samples.byDefault(configs.global())
                .map(ContainerCreation::base)
                .orElse(new Base(ConfigFile.EMPTY, Optional.empty()));
    }

    private static Base base(Sample sample) {
        return new Base(sample.content(), Optional.of(sample.name()));
    }

    private String templateName(CreateContainerRequest request, Base base) {
        VzConf global = configs.global();
        return request.profile()
                .osTemplate()
                .or(() -> base.content().nonEmpty("OSTEMPLATE"))
                .or(global::defaultOsTemplate)
                .orElseThrow(() -> new StencilException(
                        Fault.OS_TEMPLATE_UNSET,
                        "No OS template is named. Pass --ostemplate, or set DEF_OSTEMPLATE in " + layout.vzConf()
                                + "."));
    }

    /** Spec vzctl 4.6. */
    private ConfigFile merge(CreateContainerRequest request, Base base, OsTemplate template) {
        Map<String, Optional<String>> changes = new LinkedHashMap<>(request.settings()
                .toWrite(new ContainerConfig(request.id(), base.content(), ConfigFile.EMPTY).addresses()));
        VzConf global = configs.global();
        ContainerId id = request.id();
        changes.put("VEID", Optional.of(id.text()));
        changes.put(
                "UUID", Optional.of(request.uuid().orElseGet(() -> id.isNumber() ? RandomUuid.fresh() : id.text())));
        changes.put(
                "VE_ROOT",
                Optional.of(request.places()
                        .root()
                        .or(() -> base.content().nonEmpty("VE_ROOT"))
                        .orElseGet(global::rootPattern)));
        changes.put(
                "VE_PRIVATE",
                Optional.of(request.places()
                        .privateArea()
                        .or(() -> base.content().nonEmpty("VE_PRIVATE"))
                        .orElseGet(global::privatePattern)));
        changes.put("OSTEMPLATE", Optional.of("." + template.name()));
        changes.put("DISTRIBUTION", template.distribution());
        List<String> technologies = template.technologies();
        changes.put("TECHNOLOGIES", Optional.of(String.join(" ", technologies)).filter(text -> !text.isEmpty()));
        changes.put("OSRELEASE", template.osRelease());
        changes.put("ORIGIN_SAMPLE", base.sample());
        changes.put("NAME", Optional.empty());
        // Recorded when they are installed.
        changes.put("TEMPLATES", Optional.empty());
        if (base.content().get("IP_ADDRESS").filter("0.0.0.0"::equals).isPresent()) {
            changes.putIfAbsent("IP_ADDRESS", Optional.empty());
        }
        return base.content().with(changes);
    }

    private String ownerName() throws IOException {
        Optional<String> server = configs.global().file().nonEmpty("SERVER_UUID");
        return server.isPresent()
                ? server.get()
                : Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    }

    /** The time stamps' modification times tell when templates were applied, so they are kept. */
    private static void copyMarks(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (var entries = Files.walk(from)) {
            for (Path entry : entries.toList()) {
                Path target = to.resolve(from.relativize(entry).toString());
                if (!Files.isDirectory(target)) {
                    Files.copy(entry, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /** A cache of an earlier version may have none. */
    private static void copyLock(Path generation, Path templates) throws IOException {
        Path lock = generation.resolve(LockReferences.GENERATION_FILE);
        if (Files.exists(lock)) {
            Files.copy(
                    lock,
                    templates.resolve(ContainerAccess.LOCK_RECORD),
                    java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static StencilException failed(ContainerId id, IOException e) {
        boolean full = e instanceof dev.stencil.linux.Errno errno && errno.number() == dev.stencil.linux.Errno.ENOSPC;
        return new StencilException(
                full ? Fault.NO_SPACE : Fault.CREATE_FAILED,
                "Container " + id + " could not be created: " + e.getMessage(),
                e);
    }
}
