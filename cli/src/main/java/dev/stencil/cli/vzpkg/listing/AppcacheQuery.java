package dev.stencil.cli.vzpkg.listing;

import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import dev.stencil.image.AppcacheSelection;
import dev.stencil.image.AppcacheWish;
import dev.stencil.image.Generation;
import dev.stencil.template.AppTemplate;
import java.util.List;

/**
 * Answers which cache a container with certain applications starts from, and which of them it has to install by itself:
 * the path of the generation, then a name a line. Source: spec vzpkg 4.5, "Appcache query".
 */
final class AppcacheQuery {
    private final Stencil stencil;

    AppcacheQuery(Stencil stencil) {
        this.stencil = stencil;
    }

    /** {@code NOT_CACHED} when the cache that would hold them all does not exist; another one is no answer. */
    int answer(AppcacheWish wish, Output out) {
        var selection = AppcacheSelection.of(stencil.templates(), wish);
        Generation generation = stencil.cachedApplications()
                .find(selection)
                .orElseThrow(() -> new StencilException(Fault.NOT_CACHED, missing(selection)));
        List<String> others = selection.others().stream().map(AppTemplate::name).toList();
        if (out.isJson()) {
            out.json(json -> {
                json.writeStartObject();
                json.writeStringProperty("path", generation.directory().toString());
                json.writeArrayPropertyStart("install");
                others.forEach(json::writeString);
                json.writeEndArray();
                json.writeEndObject();
            });
            return 0;
        }
        out.line(generation.directory().toString());
        others.forEach(out::line);
        return 0;
    }

    private static String missing(AppcacheSelection selection) {
        String os = selection.template().name();
        if (selection.cached().isEmpty()) {
            return os + " is not cached. Make its cache with: vzpkg create cache " + os;
        }
        List<String> names = selection.cached().stream().map(AppTemplate::name).toList();
        return os + " with " + String.join(" ", names) + " is not cached. Make the cache with: vzpkg create appcache"
                + " --ostemplate " + os + " --apptemplate " + String.join(",", names);
    }
}
