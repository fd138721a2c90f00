package dev.stencil.cli.vzpkg.area;

import dev.stencil.cli.Output;
import java.util.List;

/** What is printed of templates that came or went: a line each (spec vzpkg 8.7 and 8.8). */
final class TemplateReport {
    private TemplateReport() {}

    /** {@code what} happened to them, or would have. */
    static void print(List<String> templates, boolean checkOnly, String what, Output out) {
        if (out.isJson()) {
            out.json(json -> {
                json.writeStartArray();
                for (String template : templates) {
                    json.writeStartObject();
                    json.writeStringProperty("template", template);
                    json.writeStringProperty("result", checkOnly ? "checked" : what);
                    json.writeEndObject();
                }
                json.writeEndArray();
            });
            return;
        }
        for (String template : templates) {
            out.line(template + (checkOnly ? " template could be " : " template was ") + what);
        }
    }
}
