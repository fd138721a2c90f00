package dev.stencil.image.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.toml.TomlFactory;

/**
 * A table of a TOML text, read from the library's stream of tokens: its object mapper loads 500 classes for it, a tenth of the
 * time of a container's update.
 */
public final class TomlTable {
    private final Map<String, Object> values;

    private TomlTable(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * The top table of a text.
     *
     * @throws IllegalArgumentException telling where {@code text} is no TOML
     */
    public static TomlTable parse(String text) {
        try (JsonParser tokens = new TomlFactory().createParser(ObjectReadContext.empty(), text)) {
            if (tokens.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("it is empty");
            }
            return table(tokens);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static TomlTable table(JsonParser tokens) {
        Map<String, Object> values = new LinkedHashMap<>();
        while (tokens.nextToken() != JsonToken.END_OBJECT) {
            String key = tokens.currentName();
            tokens.nextToken();
            values.put(key, value(tokens));
        }
        return new TomlTable(values);
    }

    private static Object value(JsonParser tokens) {
        return switch (tokens.currentToken()) {
            case START_OBJECT -> table(tokens);
            case START_ARRAY -> array(tokens);
            case VALUE_NUMBER_INT -> tokens.getLongValue();
            default -> tokens.getString();
        };
    }

    private static List<Object> array(JsonParser tokens) {
        List<Object> values = new ArrayList<>();
        while (tokens.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(tokens));
        }
        return values;
    }

    /**
     * A string; times and other single values that are no whole numbers are strings as well.
     *
     * @throws IllegalArgumentException when there is none
     */
    public String string(String key) {
        return find(key).orElseThrow(() -> missing(key));
    }

    /** A string that need not be there. */
    public Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key)).map(value -> as(String.class, key, value));
    }

    /**
     * A whole number of 64 bits.
     *
     * @throws IllegalArgumentException when there is none
     */
    public long number(String key) {
        return as(Long.class, key, require(key));
    }

    /**
     * An array of strings.
     *
     * @throws IllegalArgumentException when there is none
     */
    public List<String> strings(String key) {
        return elements(key, require(key), String.class);
    }

    /** The tables {@code [[key]]}; none when there are none. */
    public List<TomlTable> tables(String key) {
        return elements(key, values.getOrDefault(key, List.of()), TomlTable.class);
    }

    /** The table {@code [key]}, which need not be there. */
    public Optional<TomlTable> table(String key) {
        return Optional.ofNullable(values.get(key)).map(value -> as(TomlTable.class, key, value));
    }

    /** In the order of the text. */
    public List<String> keys() {
        return List.copyOf(values.keySet());
    }

    private Object require(String key) {
        return Optional.ofNullable(values.get(key)).orElseThrow(() -> missing(key));
    }

    private static IllegalArgumentException missing(String key) {
        return new IllegalArgumentException("it has no \"" + key + "\"");
    }

    private static <T> List<T> elements(String key, Object value, Class<T> type) {
        List<T> elements = new ArrayList<>();
        for (Object element : as(List.class, key, value)) {
            elements.add(as(type, key, element));
        }
        return elements;
    }

    private static <T> T as(Class<T> type, String key, Object value) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("\"" + key + "\" is of another type than "
                    + type.getSimpleName().replace("Long", "whole number"));
        }
        return type.cast(value);
    }
}
