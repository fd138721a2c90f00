package dev.stencil.cli.vzpkg.listing;

import dev.stencil.cli.Output;
import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What {@code vzpkg info} prints of one subject: the fields asked for, in the fixed order of its table. */
final class FieldPage<T> {
    /** Accepted for old scripts, prints nothing. */
    private static final String NOTHING = "release";

    private final List<Field<T>> table;

    FieldPage(List<Field<T>> table) {
        this.table = table;
    }

    /** The fields of {@code requested}; all when there are none or the first is {@code all}. */
    List<Field<T>> chosen(List<String> requested) {
        if (requested.isEmpty() || requested.getFirst().equals("all")) {
            return table;
        }
        for (String name : requested) {
            requireKnown(name);
        }
        List<Field<T>> chosen = new ArrayList<>();
        for (Field<T> field : table) {
            if (requested.contains(field.name())) {
                chosen.add(field);
            }
        }
        return chosen;
    }

    void print(T subject, List<String> requested, Output out) {
        List<Field<T>> fields = chosen(requested);
        if (out.isJson()) {
            out.json(json -> write(subject, fields, json));
            return;
        }
        printText(subject, fields, requested, out);
    }

    /** Several subjects one after the other; a list in JSON. */
    void printAll(List<T> subjects, List<String> requested, Output out) {
        List<Field<T>> fields = chosen(requested);
        if (!out.isJson()) {
            subjects.forEach(subject -> printText(subject, fields, requested, out));
            return;
        }
        out.json(json -> {
            json.writeStartArray();
            subjects.forEach(subject -> write(subject, fields, json));
            json.writeEndArray();
        });
    }

    private void printText(T subject, List<Field<T>> fields, List<String> requested, Output out) {
        boolean bare = out.isQuiet() && requested.size() == 1;
        for (Field<T> field : fields) {
            printField(field, field.values().apply(subject), bare, out);
        }
    }

    private static <T> void printField(Field<T> field, List<String> values, boolean bare, Output out) {
        if (values.isEmpty()) {
            return;
        }
        if (!bare) {
            out.line(field.name() + ":");
        }
        String indent = bare ? "" : "\t";
        switch (field.shape()) {
            case ONE, MANY -> values.forEach(value -> out.line(indent + value));
            case WORDS -> out.line(indent + String.join(" ", values) + " ");
        }
    }

    private void write(T subject, List<Field<T>> fields, JsonGenerator json) {
        json.writeStartObject();
        for (Field<T> field : fields) {
            List<String> values = field.values().apply(subject);
            if (field.shape() == Field.Shape.ONE) {
                if (!values.isEmpty()) {
                    json.writeStringProperty(field.name(), values.getFirst());
                }
            } else if (!field.name().equals(NOTHING)) {
                json.writeArrayPropertyStart(field.name());
                values.forEach(json::writeString);
                json.writeEndArray();
            }
        }
        json.writeEndObject();
    }

    private void requireKnown(String name) {
        List<String> names = new ArrayList<>();
        for (Field<T> field : table) {
            if (field.name().equals(name)) {
                return;
            }
            if (!field.name().equals(NOTHING)) {
                names.add(field.name());
            }
        }
        throw new StencilException(
                Fault.BAD_VALUE, "There is no field \"" + name + "\". Fields are: " + String.join(" ", names) + ".");
    }
}
