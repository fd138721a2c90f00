package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Output;
import dev.stencil.host.Fault;
import dev.stencil.host.Progress;
import dev.stencil.host.StencilException;
import dev.stencil.image.TemplatePackages;
import dev.stencil.packages.Freshness;
import dev.stencil.packages.Outdated;
import dev.stencil.template.OsTemplate;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** How the cache of a template stands: there or not, and whether its packages are the newest (spec vzpkg 4.6). */
record TemplateStatusPage(String template, Cache cache) implements StatusPage {

    /** What there is of it. */
    sealed interface Cache {
        /** None; {@code message} says how to get one. */
        record Missing(String message) implements Cache {}

        /** One that can be looked at. */
        record Present(TemplatePackages.State state) implements Cache {}
    }

    /** Looks at the cache of {@code template}. */
    static TemplateStatusPage of(
            TemplatePackages services, OsTemplate template, Freshness freshness, boolean takeLocks, Progress progress) {
        return new TemplateStatusPage(template.name(), look(services, template, freshness, takeLocks, progress));
    }

    private static Cache look(
            TemplatePackages services, OsTemplate template, Freshness freshness, boolean takeLocks, Progress progress) {
        try {
            return new Cache.Present(services.check(template, freshness, takeLocks, progress));
        } catch (StencilException e) {
            if (e.fault() != Fault.NOT_CACHED) {
                throw e;
            }
            return new Cache.Missing(String.valueOf(e.getMessage()));
        }
    }

    boolean isMissing() {
        return cache instanceof Cache.Missing;
    }

    @Override
    public int code() {
        return switch (cache) {
            case Cache.Missing _ -> Fault.NOT_CACHED.vzpkgCode();
            case Cache.Present(var state) -> state.isFresh() ? 0 : Fault.STALE.vzpkgCode();
        };
    }

    @Override
    public void tell(Output out) {
        switch (cache) {
            case Cache.Missing(var message) -> out.warn("Error: " + message);
            case Cache.Present(var state) -> tell(state, out);
        }
    }

    private void tell(TemplatePackages.State state, Output out) {
        String one = "Cache " + state.generation().directory();
        String all = "Caches of " + template;
        if (state.isFresh()) {
            out.line(one + " is up to date");
            out.line(all + " are up to date");
            return;
        }
        for (Outdated outdated : state.outdated()) {
            out.note(" " + outdated.installed() + " -> " + outdated.offered().version());
        }
        out.warn(one + " is not up to date");
        out.warn(all + " are not up to date");
    }

    @Override
    public void writeProperties(JsonGenerator json) {
        json.writeStringProperty("template", template);
        switch (cache) {
            case Cache.Missing _ -> writeState("missing", List.of(), json);
            case Cache.Present(var state) -> writeState(state.isFresh() ? "fresh" : "behind", state.outdated(), json);
        }
    }

    private static void writeState(String word, List<Outdated> outdated, JsonGenerator json) {
        json.writeStringProperty("state", word);
        json.writeArrayPropertyStart("behind");
        for (Outdated one : outdated) {
            json.writeStartObject();
            json.writeStringProperty("name", one.installed().name());
            json.writeStringProperty("arch", one.installed().arch());
            json.writeStringProperty("installed", one.installed().version());
            json.writeStringProperty("offered", one.offered().version());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
