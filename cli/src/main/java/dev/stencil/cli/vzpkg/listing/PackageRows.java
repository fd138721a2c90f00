package dev.stencil.cli.vzpkg.listing;

import dev.stencil.cli.Output;
import dev.stencil.packages.InstalledPackage;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Prints packages as {@code list -p} does: {@code name.arch} and version in columns (spec vzpkg 4.4). */
final class PackageRows {
    private static final int NAME_COLUMN = 40;
    private static final int NARROW_COLUMN = 22;
    private static final int LONGEST_SUMMARY = 55;

    private PackageRows() {}

    static void print(List<InstalledPackage> packages, boolean summaries, Output out) {
        packages.forEach(one -> out.line(text(one, summaries)));
    }

    static void write(List<InstalledPackage> packages, JsonGenerator json) {
        json.writeStartArray();
        for (InstalledPackage one : packages) {
            json.writeStartObject();
            json.writeStringProperty("name", one.name().name());
            json.writeStringProperty("arch", one.name().arch());
            json.writeStringProperty("version", one.name().version());
            json.writeStringProperty("summary", one.summary());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static String text(InstalledPackage one, boolean summaries) {
        String name = one.name().name() + "." + one.name().arch();
        if (!summaries || one.summary().isEmpty()) {
            return padded(name, NAME_COLUMN) + " " + one.name().version();
        }
        String summary = one.summary();
        return padded(name, NARROW_COLUMN) + " " + padded(one.name().version(), NARROW_COLUMN) + " "
                + summary.substring(0, Math.min(LONGEST_SUMMARY, summary.length()));
    }

    private static String padded(String text, int width) {
        return Row.pad(new StringBuilder(text), width).toString();
    }
}
