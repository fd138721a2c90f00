package dev.stencil.cli.vzlist;

import dev.stencil.cli.Output;
import dev.stencil.container.ListedContainer;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Prints containers as columns or as JSON. */
public final class ListTable {
    private final List<Field> fields;

    public ListTable(List<Field> fields) {
        this.fields = fields;
    }

    public void print(List<ListedContainer> containers, boolean hasHeader, Output out) {
        if (hasHeader) {
            var line = new StringBuilder();
            for (int i = 0; i < fields.size(); i++) {
                append(line, i, fields.get(i).header());
            }
            out.line(line.toString());
        }
        for (ListedContainer container : containers) {
            var line = new StringBuilder();
            for (int i = 0; i < fields.size(); i++) {
                append(line, i, fields.get(i).value().apply(container).shown());
            }
            out.line(line.toString());
        }
    }

    /** The last column is not filled up at its end. */
    private void append(StringBuilder line, int column, String text) {
        Field field = fields.get(column);
        String padded = field.padded(text);
        line.append(column == 0 ? "" : " ").append(column == fields.size() - 1 ? padded.stripTrailing() : padded);
    }

    public void json(List<ListedContainer> containers, Output out) {
        out.json(json -> {
            json.writeStartArray();
            for (ListedContainer container : containers) {
                json.writeStartObject();
                for (Field field : fields) {
                    json.writeName(field.name());
                    write(field.value().apply(container), json);
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void write(Value value, JsonGenerator json) {
        switch (value) {
            case Value.Absent absent -> json.writeNull();
            case Value.Text(String text) -> json.writeString(text);
            case Value.Count(long number) -> json.writeNumber(number);
            case Value.Truth(boolean isTrue) -> json.writeBoolean(isTrue);
            case Value.Words(List<String> words) -> {
                json.writeStartArray();
                words.forEach(json::writeString);
                json.writeEndArray();
            }
            case Value.Counters(List<Value.Counter> counters) -> {
                json.writeStartObject();
                for (Value.Counter counter : counters) {
                    json.writeName(counter.name());
                    write(counter.value(), json);
                }
                json.writeEndObject();
            }
        }
    }
}
