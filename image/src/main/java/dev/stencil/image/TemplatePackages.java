package dev.stencil.image;

import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.layer.CacheArea;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.InstalledPackage;
import dev.stencil.packages.Outdated;
import dev.stencil.packages.PackageGroup;
import dev.stencil.packages.PackageManager;
import dev.stencil.packages.PackageManagers;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.PackageSource;
import dev.stencil.packages.PackageSources;
import dev.stencil.packages.Vzpackages;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the repositories of a template offer, and whether its cache holds the newest of it (spec vzpkg 5.8). */
public final class TemplatePackages {
    private final CacheArea area;
    private final GenerationStore generations;
    private final PackageSources sources;
    private final PackageManagers managers;

    public TemplatePackages(
            CacheArea area, GenerationStore generations, PackageSources sources, PackageManagers managers) {
        this.area = area;
        this.generations = generations;
        this.sources = sources;
        this.managers = managers;
    }

    /** A cache and the packages in it that are outdated; none means up to date. */
    public record State(Generation generation, List<Outdated> outdated) {
        public State {
            outdated = List.copyOf(outdated);
        }

        public boolean isFresh() {
            return outdated.isEmpty();
        }
    }

    /**
     * Everything that the repositories of {@code template}, its base and all its applications offer, in the order of the
     * package lists.
     */
    public List<InstalledPackage> offered(
            OsTemplate template,
            List<AppTemplate> applications,
            Freshness freshness,
            boolean takeLocks,
            Progress progress) {
        return read(template, sources.of(template, applications), freshness, takeLocks, progress);
    }

    /**
     * Compares the current generation of {@code template} with the package lists, after bringing those up to date.
     *
     * @throws StencilException {@code NOT_CACHED}; {@code METADATA_MISSING} when there are no lists and none may be fetched
     */
    public State check(OsTemplate template, Freshness freshness, boolean takeLocks, Progress progress) {
        Generation generation = generations
                .current(template.name())
                .orElseThrow(() -> new StencilException(
                        Fault.NOT_CACHED,
                        template.name() + " is not cached. Make its cache with: vzpkg create cache "
                                + template.name()));
        progress.stage("Checking cache status");
        List<PackageName> available =
                read(template, sources.of(template, List.of()), freshness, takeLocks, progress).stream()
                        .map(InstalledPackage::name)
                        .toList();
        PackageManager manager = managers.of(template.packageManagerType());
        return new State(generation, Outdated.find(recorded(generation), available, manager::compareVersions));
    }

    /** The groups that the repositories of {@code template}, its base and all its applications offer, by name. */
    public List<PackageGroup> groups(
            OsTemplate template, List<AppTemplate> applications, Freshness freshness, Progress progress) {
        PackageGroup.requireThemIn(template.packageManagerType());
        PackageSource source = sources.of(template, applications);
        read(template, source, freshness, true, progress);
        return managers.of(template.packageManagerType()).groups(source);
    }

    private List<InstalledPackage> read(
            OsTemplate template, PackageSource source, Freshness freshness, boolean takeLocks, Progress progress) {
        PackageManager manager = managers.of(template.packageManagerType());
        var locks = new CacheLocks(area, takeLocks, progress);
        try {
            if (manager.isRefreshDue(source, freshness)) {
                try (var _ = locks.templateExclusive(template)) {
                    manager.refresh(source, freshness, progress);
                }
            }
            try (var _ = locks.templateShared(template)) {
                return manager.available(source);
            }
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot read the package lists of " + template.name() + ": " + e.getMessage(), e);
        }
    }

    private static List<PackageName> recorded(Generation generation) {
        Path file = generation.templates().resolve("vzpackages");
        try {
            return Vzpackages.parse(Files.readString(file)).packages();
        } catch (IOException e) {
            throw new StencilException(Fault.SYSTEM, "Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
