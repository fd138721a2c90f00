package dev.stencil.cli.vzpkg.lock;

import dev.stencil.cli.Output;
import dev.stencil.image.BuiltResult;
import dev.stencil.image.RebuildReport;
import dev.stencil.image.RebuildReport.Comparison;
import dev.stencil.image.tree.TreeDifference;
import java.util.List;

/** What {@code vzpkg lock verify --rebuild} says: one line a path that differs, then the verdict. */
final class LockRebuildText {
    private LockRebuildText() {}

    static void tell(RebuildReport report, Output out) {
        switch (report.comparison()) {
            case Comparison.WithGeneration(var generation, var differences) -> {
                differences.forEach(difference -> out.line(difference.shown()));
                String cache = "cache " + generation.template() + ", generation " + generation.number();
                out.note(
                        differences.isEmpty()
                                ? "Built again, equal to the " + cache + ": " + shown(report.result())
                                : "Built again, " + differences.size() + " paths differ from the " + cache);
            }
            case Comparison.WithRecord(var earlier) ->
                out.note(
                        report.isSame()
                                ? "Built again, equal to the result of " + earlier.built() + ": " + shown(earlier)
                                : "Built again, and it differs from the result of " + earlier.built() + ": tree "
                                        + report.result().tree() + " instead of " + earlier.tree()
                                        + ". Make the cache from this lock to see which paths.");
            case Comparison.None() -> out.note("Built for the first time, written down: " + shown(report.result()));
        }
    }

    private static String shown(BuiltResult result) {
        return "tree " + result.tree() + ", diff-id " + result.diffId();
    }

    static void json(RebuildReport report, Output out) {
        BuiltResult result = report.result();
        out.json(json -> {
            json.writeStartObject();
            LockJson.identity(json, report.lock());
            json.writeBooleanProperty("same", report.isSame());
            json.writeStringProperty("tree", "sha256:" + result.tree());
            json.writeStringProperty("diff-id", "sha256:" + result.diffId());
            json.writeNumberProperty("size", result.sizeBytes());
            json.writeNumberProperty("files", result.files());
            json.writeStringProperty("compared-with", comparedWith(report.comparison()));
            json.writeArrayPropertyStart("differences");
            for (TreeDifference difference : differences(report.comparison())) {
                json.writeStartObject();
                json.writeStringProperty("path", difference.path());
                json.writeStringProperty("how", difference.how());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static String comparedWith(Comparison comparison) {
        return switch (comparison) {
            case Comparison.WithGeneration ignored -> "cache";
            case Comparison.WithRecord ignored -> "record";
            case Comparison.None ignored -> "nothing";
        };
    }

    private static List<TreeDifference> differences(Comparison comparison) {
        return comparison instanceof Comparison.WithGeneration(var ignored, var differences) ? differences : List.of();
    }
}
