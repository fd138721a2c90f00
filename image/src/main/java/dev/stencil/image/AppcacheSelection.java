package dev.stencil.image;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.TemplateArea;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of the wanted applications a cache holds, and which have to be installed in each container afterwards. Source: spec
 * vzpkg 5.9, "Selection".
 *
 * @param cached in the order they were asked for, each once
 * @param others those that do not allow it, or all where the OS template or a configuration file does not
 */
public record AppcacheSelection(OsTemplate template, List<AppTemplate> cached, List<AppTemplate> others) {
    public AppcacheSelection {
        cached = List.copyOf(cached);
        others = List.copyOf(others);
    }

    /**
     * Finds the templates that are meant.
     *
     * @throws StencilException {@code TEMPLATE_BROKEN} when no OS template is named; {@code TEMPLATE_UNKNOWN},
     *     {@code APPLICATION_UNKNOWN}
     */
    public static AppcacheSelection of(TemplateArea area, AppcacheWish wish) {
        String name = wish.template()
                .orElseThrow(() -> new StencilException(
                        Fault.TEMPLATE_BROKEN,
                        "No OS template is named. Pass --ostemplate, or --config with a sample that has OSTEMPLATE."));
        return of(area, area.require(name), wish);
    }

    /** As the other, for an OS template that is known already. */
    public static AppcacheSelection of(TemplateArea area, OsTemplate template, AppcacheWish wish) {
        boolean isAllowed = wish.isAllowed() && template.isGoldenImageAllowed();
        List<AppTemplate> cached = new ArrayList<>();
        List<AppTemplate> others = new ArrayList<>();
        for (String word : wish.applications()) {
            AppTemplate application = area.requireApplication(template, word);
            List<AppTemplate> place = isAllowed && application.isGoldenImageAllowed() ? cached : others;
            if (place.stream().noneMatch(known -> known.name().equals(application.name()))) {
                place.add(application);
            }
        }
        return new AppcacheSelection(template, cached, others);
    }

    /** As the other; applications that this host does not have are passed over. */
    public static AppcacheSelection ofPresent(TemplateArea area, OsTemplate template, AppcacheWish wish) {
        List<String> present =
                area.applications(template).stream().map(AppTemplate::name).toList();
        List<String> words = wish.applications().stream()
                .filter(word -> present.contains(word.startsWith(".") ? word.substring(1) : word))
                .toList();
        return of(area, template, new AppcacheWish(wish.template(), words, wish.isAllowed()));
    }

    /** What the cache is made of; the OS template alone when no application qualifies. */
    public CacheSubject subject() {
        return new CacheSubject(template, cached);
    }

    /** The selection itself, or a {@code BAD_VALUE} failure when there is nothing to put on top of the OS template. */
    AppcacheSelection requireApplications() {
        if (!cached.isEmpty()) {
            return this;
        }
        throw new StencilException(
                Fault.BAD_VALUE,
                others.isEmpty()
                        ? "No application is named for " + template.name()
                                + ". Pass --apptemplate, or --config with a sample that has TEMPLATES."
                        : "None of the applications may be in a cache of " + template.name() + ": "
                                + String.join(
                                        " ",
                                        others.stream().map(AppTemplate::name).toList())
                                + ". See golden_image in their templates and GOLDEN_IMAGE in vz.conf and the sample.");
    }
}
