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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Turns templates into what a package manager works from: the one place where both words are known. */
public final class PackageSources {
    private final UrlMap urlMap;
    private final VzttConf settings;
    private final Proxies proxies;

    public PackageSources(UrlMap urlMap, VzttConf settings) {
        this(urlMap, settings, Proxies.of(settings, System.getenv()));
    }

    public PackageSources(UrlMap urlMap, VzttConf settings, Proxies proxies) {
        this.urlMap = urlMap;
        this.settings = settings;
        this.proxies = proxies;
    }

    /**
     * Where packages of a system of {@code template} with {@code applications} come from. Each repository is checked with
     * the keys of the template that wrote it, and is accepted unsigned only when that one says so.
     *
     * @throws dev.stencil.host.StencilException {@code TEMPLATE_BROKEN} without any repository, {@code BAD_URL}
     */
    public PackageSource of(OsTemplate template, List<AppTemplate> applications) {
        List<Repository> repositories = new ArrayList<>();
        Set<Path> keyrings = new LinkedHashSet<>();
        Map<String, String> environment = new TreeMap<>(proxies.environment());
        environment.putAll(template.environment());
        for (RepositoryRecord found : Repositories.effective(template, applications, urlMap)) {
            repositories.add(new Repository(
                    found.id(),
                    found.written(),
                    found.location(),
                    found.keyrings(),
                    found.isUnsignedAllowed(),
                    found.kind()));
            keyrings.addAll(found.keyrings());
        }
        return new PackageSource(
                template.packageManager(),
                template.arch(),
                template.isMultiarch(),
                repositories,
                List.copyOf(keyrings),
                false,
                template.packageManagerDirectory(),
                settings.metadataExpire(),
                settings.excludes(),
                environment,
                new ReleaseRules(
                        template.coordinates().osVersion(),
                        template.weakDependencies(),
                        false,
                        template.isMetadataSigned()),
                Patience.of(settings));
    }
}
