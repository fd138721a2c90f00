package dev.stencil.container.templates;

import dev.stencil.container.config.ContainerConfigs;
import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.CacheLocks;
import dev.stencil.image.CacheOptions;
import dev.stencil.image.CacheService;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.linux.Mounts;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.linux.Root;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.Template;
import dev.stencil.template.TemplateArea;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Takes templates off this host, with their packages, caches and package lists (spec vzpkg 8.8). */
public final class TemplateRemoval {
    private final HostLayout layout;
    private final TemplateArea area;
    private final CacheService caches;
    private final TemplateUse use;
    private final ProgramRunner programs;

    public TemplateRemoval(
            HostLayout layout,
            TemplateArea area,
            CacheService caches,
            ContainerConfigs configs,
            ProgramRunner programs) {
        this.layout = layout;
        this.area = area;
        this.caches = caches;
        this.use = new TemplateUse(configs, area);
        this.programs = programs;
    }

    /** Removes an OS template, a base with everything below its directory. */
    public void operatingSystem(String name, RemovalOptions options, Progress progress) {
        requireOwnArea(options);
        OsTemplate template = area.requireOfAnyArchitecture(name);
        Optional<TemplateOwner> owner = TemplateOwner.of(template, layout, programs);
        progress.stage("Removing the OS template " + template.name());
        if (!options.force()) {
            if (template.isBase()) {
                requireNoSets(template);
                requireNoApplications(template, owner);
            }
            requireUnused("OS template " + template.name(), use.of(template));
        }
        remove(template, owner, options, progress, () -> {
            caches.removeAllOf(template, CacheOptions.DEFAULT, progress);
            delete(template.isBase() ? template.baseDirectory() : template.configDirectory());
        });
    }

    /** Removes an application template of an OS template. */
    public void application(String name, String os, RemovalOptions options, Progress progress) {
        requireOwnArea(options);
        OsTemplate template = area.requireOfAnyArchitecture(os).base();
        AppTemplate application = area.requireApplication(template, name);
        Optional<TemplateOwner> owner = TemplateOwner.of(application, layout, programs);
        progress.stage("Removing the application template " + application.name());
        if (!options.force()) {
            if (owner.isPresent() && owner.equals(TemplateOwner.of(template, layout, programs))) {
                throw new StencilException(
                        Fault.APPLICATION_UNKNOWN,
                        application.name() + " has no package of its own: it came with " + template.name() + " in "
                                + owner.get().name() + ". Remove that, or pass --force.");
            }
            requireUnused("Application template " + application.name(), use.of(application));
        }
        boolean ownsPackage = owner.isPresent() && !owner.equals(TemplateOwner.of(template, layout, programs));
        remove(
                application,
                ownsPackage ? owner : Optional.empty(),
                options,
                progress,
                () -> delete(application.configDirectory()));
    }

    private interface Deletion {
        void run() throws IOException;
    }

    private void remove(
            Template template,
            Optional<TemplateOwner> owner,
            RemovalOptions options,
            Progress progress,
            Deletion deletion) {
        OsTemplate os =
                switch (template) {
                    case OsTemplate system -> system;
                    case AppTemplate application -> application.base();
                };
        var locks = new CacheLocks(new CacheArea(area.directory()), true, progress);
        try (var _ = locks.templateExclusive(os)) {
            owner.ifPresent(found -> found.erase(options, layout, programs));
            if (!options.checkOnly()) {
                deletion.run();
            }
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, template.name() + " was not removed as a whole: " + e.getMessage(), e);
        }
    }

    /** The directory, and those above it that it leaves empty. */
    private void delete(Path directory) throws IOException {
        Path inside = area.directory().relativize(directory);
        if (Files.exists(directory)) {
            Path parent = area.directory().resolve(inside).resolve("..").normalize();
            try (Root root = Root.open(parent)) {
                root.deleteTree(directory.getFileName().toString());
            }
        }
        for (int depth = inside.getNameCount() - 1; depth > 0; depth--) {
            try {
                Files.deleteIfExists(area.directory().resolve(inside.subpath(0, depth)));
            } catch (DirectoryNotEmptyException stillUsed) {
                return;
            }
        }
    }

    private void requireOwnArea(RemovalOptions options) {
        if (options.sharedArea()) {
            return;
        }
        String type = "";
        try {
            for (Mounts.Mount mount : Mounts.current()) {
                type = area.directory().startsWith(mount.target()) ? mount.type() : type;
            }
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot read the mount table: " + e.getMessage(), e);
        }
        if (type.startsWith("nfs")) {
            throw new StencilException(
                    Fault.AREA_SHARED,
                    area.directory() + " is on NFS, where other hosts may use its templates. Pass -s to go on.");
        }
    }

    private void requireNoSets(OsTemplate base) {
        List<String> sets = area.sets(base).stream().map(OsTemplate::name).toList();
        if (!sets.isEmpty()) {
            throw new StencilException(
                    Fault.TEMPLATE_HAS_SETS,
                    base.name() + " is the base of " + String.join(", ", sets)
                            + ". Remove them first, or pass --force.");
        }
    }

    /** Applications that came together with the base go with it. */
    private void requireNoApplications(OsTemplate base, Optional<TemplateOwner> owner) {
        List<String> others = area.applications(base).stream()
                .filter(application ->
                        !TemplateOwner.of(application, layout, programs).equals(owner))
                .map(AppTemplate::name)
                .toList();
        if (!others.isEmpty()) {
            throw new StencilException(
                    Fault.TEMPLATE_HAS_APPLICATIONS,
                    base.name() + " has application templates of their own: " + String.join(", ", others)
                            + ". Remove them first, or pass --force.");
        }
    }

    private static void requireUnused(String what, List<String> containers) {
        if (!containers.isEmpty()) {
            throw new StencilException(
                    Fault.APPLICATION_INSTALLED,
                    what + " is in use by container " + String.join(", ", containers)
                            + ". Destroy them first, or pass --force.");
        }
    }
}
