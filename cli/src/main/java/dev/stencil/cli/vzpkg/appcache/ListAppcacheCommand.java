package dev.stencil.cli.vzpkg.appcache;

import dev.stencil.cli.Arguments;
import dev.stencil.cli.Command;
import dev.stencil.cli.LocalTime;
import dev.stencil.cli.Output;
import dev.stencil.cli.Stencil;
import dev.stencil.cli.Syntax;
import dev.stencil.image.CachedApplications;
import java.util.List;
import java.util.TimeZone;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.core.JsonGenerator;

/** {@code vzpkg list appcache}: the caches that hold applications, and which (spec vzpkg 4.4). */
public final class ListAppcacheCommand implements Command {
    private static final int TIME_COLUMN = 34;
    private static final String INDENT = "     ";

    private final Stencil stencil;

    public ListAppcacheCommand(Stencil stencil) {
        this.stencil = stencil;
    }

    @Override
    public CommandSpec spec() {
        return Syntax.command("List the caches that hold applications.");
    }

    @Override
    public int run(Arguments arguments, Output out) {
        List<CachedApplications.Entry> entries = stencil.cachedApplications().list();
        if (out.isJson()) {
            out.json(json -> writeAll(entries, json));
            return 0;
        }
        for (CachedApplications.Entry entry : entries) {
            out.line(out.isQuiet() ? entry.template() : padded(entry.template()) + " " + when(entry));
            entry.applications().names().forEach(name -> out.line(INDENT + name));
            out.line("");
        }
        return 0;
    }

    private static String padded(String name) {
        return name.length() < TIME_COLUMN ? name + " ".repeat(TIME_COLUMN - name.length()) : name;
    }

    private static String when(CachedApplications.Entry entry) {
        return LocalTime.text(entry.generation().built(), TimeZone.getDefault());
    }

    private static void writeAll(List<CachedApplications.Entry> entries, JsonGenerator json) {
        json.writeStartArray();
        for (CachedApplications.Entry entry : entries) {
            json.writeStartObject();
            json.writeStringProperty("os", entry.template());
            json.writeStringProperty("when", when(entry));
            json.writeNumberProperty("generation", entry.generation().number());
            json.writeArrayPropertyStart("applications");
            entry.applications().names().forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
