package dev.stencil.image;

import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import java.util.List;

/**
 * What a cache is made of: an OS template, with applications on top where it is an application cache.
 *
 * @param applications in the order they are installed; none for a plain cache
 */
public record CacheSubject(OsTemplate template, List<AppTemplate> applications) {
    public CacheSubject {
        applications = List.copyOf(applications);
    }

    /** The plain cache of {@code template}. */
    public static CacheSubject of(OsTemplate template) {
        return new CacheSubject(template, List.of());
    }

    /** Name of its directory: that of the OS template, for an application cache as spec vzpkg 5.9 says. */
    public String name() {
        return applications.isEmpty() ? template.name() : applicationList().cacheName(template.name());
    }

    ApplicationList applicationList() {
        return ApplicationList.of(applications.stream().map(AppTemplate::name).toList());
    }
}
