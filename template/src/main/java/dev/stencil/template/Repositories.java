package dev.stencil.template;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the repositories of several templates together (spec vzpkg 2.5). */
public final class Repositories {
    private final UrlMap urlMap;
    private final Map<String, RepositoryRecord> byRawText = new LinkedHashMap<>();

    private Repositories(UrlMap urlMap) {
        this.urlMap = urlMap;
    }

    /**
     * The records that work on {@code template} with {@code applications} uses: the applications', in their order, the
     * template's own, then its base's; a record whose raw text was seen already is left out,
     * and must be signed when either template wants that.
     *
     * @throws StencilException {@code TEMPLATE_BROKEN} when there is none at all, {@code BAD_URL} for an undefined variable
     */
    public static List<RepositoryRecord> effective(OsTemplate template, List<AppTemplate> applications, UrlMap urlMap) {
        var repositories = new Repositories(urlMap);
        for (AppTemplate application : applications) {
            repositories.add(application);
        }
        repositories.add(template);
        if (!template.isBase()) {
            repositories.add(template.base());
        }
        if (repositories.byRawText.isEmpty()) {
            throw new StencilException(
                    Fault.TEMPLATE_BROKEN,
                    template.name() + " has no repository. Write one into "
                            + template.base().configDirectory().resolve(RepositoryKind.REPOSITORY.fileName()) + ".");
        }
        return List.copyOf(repositories.byRawText.values());
    }

    /** A template's own records. */
    public static List<RepositoryRecord> own(Template template, UrlMap urlMap) {
        var repositories = new Repositories(urlMap);
        repositories.add(template);
        return List.copyOf(repositories.byRawText.values());
    }

    private void add(Template template) {
        int number = 0;
        for (RepositoryKind kind : RepositoryKind.values()) {
            for (String raw : template.ownRecords(kind)) {
                String id = template.repositoryPrefix() + number++;
                var next = new RepositoryRecord(
                        id,
                        kind,
                        raw,
                        urlMap.expand(raw, template.packageManagerType()),
                        template.keyrings(),
                        template.isUnsignedAllowed());
                byRawText.merge(raw, next, Repositories::merged);
            }
        }
    }

    /** The first record, no less strict than its repetition. */
    private static RepositoryRecord merged(RepositoryRecord first, RepositoryRecord again) {
        boolean isUnsignedAllowed = first.isUnsignedAllowed() && again.isUnsignedAllowed();
        return new RepositoryRecord(
                first.id(), first.kind(), first.written(), first.location(), first.keyrings(), isUnsignedAllowed);
    }
}
