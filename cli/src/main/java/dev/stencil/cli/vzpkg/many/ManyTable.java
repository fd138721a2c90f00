package dev.stencil.cli.vzpkg.many;

import dev.stencil.cli.Output;
import dev.stencil.container.many.Outcome;
import dev.stencil.container.many.Outcome.Done;
import dev.stencil.container.many.Outcome.Failed;
import dev.stencil.container.many.Outcome.NotBegun;
import dev.stencil.container.many.Outcome.Skipped;
import dev.stencil.container.many.Outcome.Undoing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/**
 * The result of a command on many containers: one table, or one JSON object. The exit code is that of the first container
 * that failed, in the order of the table, else 0; those left out do not count.
 */
final class ManyTable<T> {
    private final List<Outcome.Of<T>> lines;
    private final ManyPage<T> page;

    ManyTable(List<Outcome.Of<T>> lines, ManyPage<T> page) {
        this.lines = lines;
        this.page = page;
    }

    int code() {
        return lines.stream()
                .mapToInt(line -> code(line.outcome()))
                .filter(code -> code != 0)
                .findFirst()
                .orElse(0);
    }

    private int code(Outcome<T> outcome) {
        return switch (outcome) {
            case Done<T>(T value) -> page.code(value);
            case Failed<T> failed -> failed.cause().fault().vzpkgCode();
            case Skipped<T> _, NotBegun<T> _ -> 0;
        };
    }

    void print(Output out) {
        if (out.isJson()) {
            out.json(this::write);
            return;
        }
        if (lines.isEmpty()) {
            out.note("There are no containers.");
            return;
        }
        rows(!out.isQuiet()).forEach(out::line);
        for (Outcome.Of<T> line : lines) {
            if (line.outcome() instanceof Failed<T> failed) {
                out.warn("Error: CT " + line.container().id() + ": " + error(failed));
            }
        }
    }

    /** What went wrong, and what to do where taking it back failed too. */
    private static <T> String error(Failed<T> failed) {
        String cause = String.valueOf(failed.cause().getMessage());
        return failed.undoing() instanceof Undoing.Left(var second)
                ? cause + "\nTaking it back failed as well: " + second.getMessage()
                : cause;
    }

    List<String> rows(boolean withHeadings) {
        List<List<String>> cells = new ArrayList<>();
        if (withHeadings) {
            List<String> headings = new ArrayList<>(List.of("CTID", "NAME", "RESULT"));
            headings.addAll(page.headings());
            headings.addAll(List.of("TIME", "REMARK"));
            cells.add(headings);
        }
        lines.forEach(line -> cells.add(cells(line)));
        return aligned(cells);
    }

    private List<String> cells(Outcome.Of<T> line) {
        String name = line.container().name();
        List<String> cells = new ArrayList<>(List.of(
                line.container().id(),
                name.isEmpty() ? "-" : name,
                line.outcome().word()));
        List<String> own = line.outcome() instanceof Done<T>(T value)
                ? page.cells(value)
                : Collections.nCopies(page.headings().size(), "-");
        cells.addAll(own);
        cells.add(line.time().isZero() ? "-" : seconds(line.time(), 1) + " s");
        cells.add(remark(line.outcome()));
        return cells;
    }

    private static <T> String remark(Outcome<T> outcome) {
        return switch (outcome) {
            case Done<T> _, NotBegun<T> _ -> "";
            case Skipped<T>(String reason) -> reason;
            case Failed<T> failed ->
                switch (failed.undoing()) {
                    case Undoing.NothingChanged() -> "nothing was changed";
                    case Undoing.Undone() -> "undone";
                    case Undoing.Left _ -> "not undone";
                };
        };
    }

    private static List<String> aligned(List<List<String>> cells) {
        int columns = cells.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : cells) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> rows = new ArrayList<>();
        for (List<String> row : cells) {
            var text = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                text.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
            }
            rows.add(text.toString().stripTrailing());
        }
        return rows;
    }

    private static String seconds(Duration time, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", time.toNanos() / 1e9);
    }

    private void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeArrayPropertyStart("containers");
        lines.forEach(line -> write(line, json));
        json.writeEndArray();
        json.writeNumberProperty("code", code());
        json.writeEndObject();
    }

    private void write(Outcome.Of<T> line, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("container", line.container().id());
        json.writeStringProperty("name", line.container().name());
        json.writeStringProperty("result", line.outcome().word());
        json.writeNumberProperty("code", code(line.outcome()));
        json.writeName("seconds");
        json.writeNumber(new java.math.BigDecimal(seconds(line.time(), 3)));
        switch (line.outcome()) {
            case Done<T>(T value) -> page.write(value, json);
            case Skipped<T>(String reason) -> json.writeStringProperty("reason", reason);
            case Failed<T> failed -> {
                json.writeStringProperty("error", error(failed));
                json.writeStringProperty("remark", remark(failed));
            }
            case NotBegun<T> _ -> {}
        }
        json.writeEndObject();
    }
}
