package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Output;
import dev.stencil.container.applications.PackageChanges;
import dev.stencil.packages.PackageName;
import dev.stencil.packages.Vzpackages;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** What a package command prints when it has succeeded: a section for each kind of change (spec vzpkg 4.7). */
final class ChangesPage {
    private ChangesPage() {}

    /** {@code arrivals} names the first section: {@code Installed}, {@code Updated}, or nothing could arrive. */
    static void print(PackageChanges changes, String arrivals, Output out) {
        if (out.isJson()) {
            out.json(json -> write(changes, arrivals, json));
            return;
        }
        section(arrivals, changes.added(), out);
        section("Removed", changes.removed(), out);
    }

    /** One kind of change; nothing where there is none. */
    static void section(String title, List<PackageName> packages, Output out) {
        if (!packages.isEmpty()) {
            out.line(title + ":");
            packages.forEach(name -> out.line(Vzpackages.line(name)));
        }
    }

    private static void write(PackageChanges changes, String arrivals, JsonGenerator json) {
        json.writeStartObject();
        writeLists(changes, arrivals, json);
        json.writeEndObject();
    }

    /** A property for each kind of change, into the object that is open. */
    static void writeLists(PackageChanges changes, String arrivals, JsonGenerator json) {
        write(arrivals.toLowerCase(Locale.ROOT), changes.added(), json);
        write("removed", changes.removed(), json);
    }

    static void write(String key, List<PackageName> packages, JsonGenerator json) {
        json.writeArrayPropertyStart(key);
        for (PackageName name : packages) {
            json.writeStartObject();
            json.writeStringProperty("name", name.name());
            json.writeStringProperty("arch", name.arch());
            json.writeStringProperty("version", name.version());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
