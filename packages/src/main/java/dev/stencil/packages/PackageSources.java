package dev.stencil.packages;

import dev.stencil.host.VzttConf;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.Repositories;
import dev.stencil.template.RepositoryRecord;
import dev.stencil.template.UrlMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Turns templates into what a package manager works from: the one place where both words are known. */
public final class PackageSources {
    private final UrlMap urlMap;
    private final VzttConf settings;

    public PackageSources(UrlMap urlMap, VzttConf settings) {
        this.urlMap = urlMap;
        this.settings = settings;
    }

    /**
     * Where packages of a system of {@code template} with {@code applications} come from. Unsigned repositories are
     * accepted only when every template that wrote one of them says so.
     *
     * @throws dev.stencil.host.StencilException {@code TEMPLATE_BROKEN} without any repository, {@code BAD_URL}
     */
    public PackageSource of(OsTemplate template, List<AppTemplate> applications) {
        List<Repository> repositories = new ArrayList<>();
        Set<Path> keyrings = new LinkedHashSet<>();
        boolean unsignedAllowed = true;
        for (RepositoryRecord found : Repositories.effective(template, applications, urlMap)) {
            repositories.add(new Repository(found.id(), found.location()));
            keyrings.addAll(found.keyrings());
            unsignedAllowed &= found.isUnsignedAllowed();
        }
        return new PackageSource(
                template.packageManager(),
                template.arch(),
                template.isMultiarch(),
                repositories,
                List.copyOf(keyrings),
                unsignedAllowed,
                template.packageManagerDirectory(),
                settings.metadataExpire(),
                settings.excludes(),
                template.environment());
    }
}
