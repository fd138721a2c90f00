package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Output;
import dev.stencil.host.StencilException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * What {@code vzpkg status} says of its operands, in their order: lines as it goes, or one JSON document at the end. The first
 * that is stale or not cached decides the exit code.
 */
final class StatusReport {
    private final Output out;
    private final List<StatusPage> pages = new ArrayList<>();

    StatusReport(Output out) {
        this.out = out;
    }

    void add(StatusPage page) {
        pages.add(page);
        boolean isMissing = page instanceof TemplateStatusPage template && template.isMissing();
        if (!out.isJson() || isMissing) { // how to make a cache is said beside the JSON
            page.tell(out);
        }
    }

    int code() {
        return pages.stream()
                .mapToInt(StatusPage::code)
                .filter(code -> code != 0)
                .findFirst()
                .orElse(0);
    }

    /** Writes the object of the one operand there was. */
    void writeOne() {
        if (out.isJson()) {
            pages.forEach(page -> out.json(json -> {
                json.writeStartObject();
                page.writeProperties(json);
                json.writeEndObject();
            }));
        }
    }

    /** Writes all as one object, containers and templates apart. */
    void writeAll() {
        writeAll(code());
    }

    /** Writes what was looked at until a failure, if anything was: in lines that has been told by now. */
    void writeUntil(StencilException failure) {
        if (!pages.isEmpty()) {
            writeAll(failure.fault().vzpkgCode());
        }
    }

    private void writeAll(int code) {
        if (out.isJson()) {
            out.json(json -> {
                json.writeStartObject();
                write("containers", only(ContainerStatusPage.class), json);
                write("templates", only(TemplateStatusPage.class), json);
                json.writeNumberProperty("code", code);
                json.writeEndObject();
            });
        }
    }

    private <T extends StatusPage> List<T> only(Class<T> kind) {
        return pages.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static void write(String name, List<? extends StatusPage> pages, JsonGenerator json) {
        json.writeArrayPropertyStart(name);
        for (StatusPage page : pages) {
            json.writeStartObject();
            page.writeProperties(json);
            json.writeNumberProperty("code", page.code());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
