package dev.stencil.cli.vzpkg.listing;

import dev.stencil.cli.LocalTime;
import dev.stencil.image.GenerationStore;
import dev.stencil.template.AppTemplate;
import dev.stencil.template.OsTemplate;
import dev.stencil.template.Template;
import dev.stencil.template.TemplateArea;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.Supplier;

/** Makes the rows of a family of templates: base, sets, applications (spec vzpkg 4.4). */
final class TemplateRows {
    /** Which rows are wanted, and what they must tell. */
    record Filter(boolean os, boolean applications, boolean cachedOnly, boolean summaries, boolean times) {
        /** What a row tells of the template besides its name; empty when not asked for. */
        Optional<String> summaryOf(Template template) {
            return summaries ? template.summary() : Optional.empty();
        }
    }

    private final TemplateArea area;
    private final GenerationStore caches;
    private final Supplier<TimeZone> zone;
    private final Filter filter;

    TemplateRows(TemplateArea area, GenerationStore caches, Supplier<TimeZone> zone, Filter filter) {
        this.area = area;
        this.caches = caches;
        this.zone = zone;
        this.filter = filter;
    }

    /** Of every base template. */
    List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (OsTemplate base : area.baseTemplates()) {
            addFamily(base, base.name(), rows);
        }
        return rows;
    }

    /** Of the whole family of one template; its applications are listed under the name {@code typed}. */
    List<Row> family(OsTemplate template, String typed) {
        List<Row> rows = new ArrayList<>();
        addFamily(template.base(), typed, rows);
        return rows;
    }

    private void addFamily(OsTemplate base, String typed, List<Row> rows) {
        if (filter.os()) {
            addOs(base, rows);
            for (OsTemplate set : area.sets(base)) {
                addOs(set, rows);
            }
        }
        if (filter.applications()) {
            for (AppTemplate application : area.applications(base)) {
                rows.add(new Row(typed, Optional.of(application.name()), "", filter.summaryOf(application)));
            }
        }
    }

    private void addOs(OsTemplate template, List<Row> rows) {
        if (!filter.times() && !filter.cachedOnly()) {
            rows.add(new Row(template.name(), Optional.empty(), "", filter.summaryOf(template)));
            return;
        }
        var built = caches.builtAt(template.name());
        if (filter.cachedOnly() && built.isEmpty()) {
            return;
        }
        String when = built.isPresent() && filter.times() ? LocalTime.text(built.get(), zone.get()) : "";
        rows.add(new Row(template.name(), Optional.empty(), when, filter.summaryOf(template)));
    }
}
