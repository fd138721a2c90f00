package dev.stencil.cli.vzpkg.listing;

import dev.stencil.cli.Output;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * One line of {@code vzpkg list}: an OS template or, below it, an application template. Layout: spec vzpkg 4.4.
 *
 * @param os name of the OS template; for an application as the user typed it
 * @param application present on application rows
 * @param when time stamp as printed, empty when not cached, not installed or not asked for
 * @param summary printed instead of the time stamp when asked for
 */
record Row(String os, Optional<String> application, String when, Optional<String> summary) {
    private static final int FIRST_COLUMN = 20;
    private static final int TAIL_COLUMN = 34;
    private static final int LONGEST = 200;

    /** How rows are written. */
    record Style(boolean dots, boolean namesOnly, boolean summaries) {}

    static void print(List<Row> rows, Style style, Output out) {
        if (out.isJson()) {
            out.json(json -> writeAll(rows, json));
            return;
        }
        for (Row row : rows) {
            out.line(row.text(style));
        }
    }

    String text(Style style) {
        String dot = style.dots() ? "." : "";
        if (style.namesOnly()) {
            return dot + application.orElse(os);
        }
        var line = new StringBuilder(dot).append(os);
        if (application.isPresent()) {
            pad(line, FIRST_COLUMN).append(' ').append(dot).append(application.get());
        }
        pad(line, TAIL_COLUMN).append(' ').append(tail(style));
        return line.length() > LONGEST ? line.substring(0, LONGEST) : line.toString();
    }

    private String tail(Style style) {
        return style.summaries() ? summary.map(text -> ":" + text).orElse("") : when;
    }

    /** Pads to {@code width}; a longer line stays. */
    static StringBuilder pad(StringBuilder line, int width) {
        while (line.length() < width) {
            line.append(' ');
        }
        return line;
    }

    private static void writeAll(List<Row> rows, JsonGenerator json) {
        json.writeStartArray();
        for (Row row : rows) {
            row.write(json);
        }
        json.writeEndArray();
    }

    private void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("type", application.isPresent() ? "app" : "os");
        json.writeStringProperty("os", os);
        json.writeStringProperty("name", application.orElse(os));
        if (when.isEmpty()) {
            json.writeNullProperty("when");
        } else {
            json.writeStringProperty("when", when);
        }
        if (summary.isPresent()) {
            json.writeStringProperty("summary", summary.get());
        }
        json.writeEndObject();
    }
}
