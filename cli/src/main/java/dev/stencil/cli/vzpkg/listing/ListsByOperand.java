package dev.stencil.cli.vzpkg.listing;

import dev.stencil.cli.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonGenerator;

/** Lists of several templates or containers as one JSON document: an object by what was named; of one the bare list. */
final class ListsByOperand<T> {
    private final Map<String, List<T>> lists = new LinkedHashMap<>();

    void add(String operand, List<T> list) {
        lists.put(operand, list);
    }

    /** @param writer writes one list as an array */
    void write(Output out, BiConsumer<List<T>, JsonGenerator> writer) {
        out.json(json -> {
            if (lists.size() == 1) {
                lists.values().forEach(list -> writer.accept(list, json));
                return;
            }
            json.writeStartObject();
            lists.forEach((operand, list) -> {
                json.writeName(operand);
                writer.accept(list, json);
            });
            json.writeEndObject();
        });
    }
}
