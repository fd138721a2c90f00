package dev.stencil.cli.vzpkg.diff;

import dev.stencil.image.compare.StateDifference;
import dev.stencil.image.tree.FileDifference;
import dev.stencil.packages.PackageDiff;
import dev.stencil.packages.PackageDiff.Change;
import dev.stencil.packages.PackageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** A difference as text and as JSON: the same facts in the same order. */
public final class DiffPage {
    private DiffPage() {}

    /** Signs as in lock diffs: {@code +} added, {@code -} removed, {@code ~} changed. Packages, then files by path. */
    public static List<String> lines(StateDifference difference) {
        List<String> lines = new ArrayList<>();
        difference.packages().changes().forEach(change -> lines.add(line(change)));
        difference.files().forEach(file -> lines.add(file.shown()));
        return lines;
    }

    private static String line(Change change) {
        PackageName name = change.name();
        return switch (change) {
            case Change.Added _ -> "+ " + name.name() + ":" + name.arch() + "  " + name.version();
            case Change.Removed _ -> "- " + name.name() + ":" + name.arch() + "  " + name.version();
            case Change.Changed(var before, var after) ->
                "~ " + name.name() + ":" + name.arch() + "  " + before.version() + " -> " + after.version();
        };
    }

    /** The same as an object. */
    public static void write(StateDifference difference, JsonGenerator json) {
        json.writeStartObject();
        json.writeArrayPropertyStart("packages");
        writePackages(difference.packages(), json);
        json.writeEndArray();
        json.writeArrayPropertyStart("files");
        difference.files().forEach(file -> write(file, json));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writePackages(PackageDiff packages, JsonGenerator json) {
        for (Change change : packages.changes()) {
            Optional<String> before =
                    switch (change) {
                        case Change.Added _ -> Optional.empty();
                        case Change.Removed(var gone) -> Optional.of(gone.version());
                        case Change.Changed(var former, var _) -> Optional.of(former.version());
                    };
            boolean isGone = change instanceof Change.Removed;
            json.writeStartObject();
            json.writeStringProperty("name", change.name().name());
            json.writeStringProperty("arch", change.name().arch());
            json.writeStringProperty("change", isGone ? "removed" : before.isEmpty() ? "added" : "changed");
            before.ifPresent(version -> json.writeStringProperty("before", version));
            if (!isGone) {
                json.writeStringProperty("after", change.name().version());
            }
            json.writeEndObject();
        }
    }

    private static void write(FileDifference file, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("path", file.shownPath());
        json.writeStringProperty("change", file.kind());
        if (!file.aspects().isEmpty()) {
            json.writeArrayPropertyStart("differs");
            file.aspectWords().forEach(json::writeString);
            json.writeEndArray();
        }
        file.before().ifPresent(traits -> write("before", traits, json));
        file.after().ifPresent(traits -> write("after", traits, json));
        json.writeEndObject();
    }

    private static void write(String side, FileDifference.Traits traits, JsonGenerator json) {
        json.writeObjectPropertyStart(side);
        json.writeStringProperty("mode", traits.mode());
        json.writeNumberProperty("uid", traits.uid());
        json.writeNumberProperty("gid", traits.gid());
        json.writeEndObject();
    }
}
