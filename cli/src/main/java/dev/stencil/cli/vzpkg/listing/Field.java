package dev.stencil.cli.vzpkg.listing;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One field that {@code vzpkg info} can print of a subject, read when it is asked for.
 *
 * @param name as the user asks for it and as the header says it
 * @param shape how its values are laid out
 * @param values reads them; none means that the field is not printed
 */
record Field<T>(String name, Shape shape, Function<T, List<String>> values) {
    /** Layouts of spec vzpkg 4.5. */
    enum Shape {
        /** One value. */
        ONE,
        /** One value a line. */
        MANY,
        /** All on one line, each followed by a blank. */
        WORDS
    }

    static <T> Field<T> one(String name, Function<T, String> value) {
        return new Field<>(name, Shape.ONE, subject -> List.of(value.apply(subject)));
    }

    static <T> Field<T> maybe(String name, Function<T, Optional<String>> value) {
        return new Field<>(
                name, Shape.ONE, subject -> value.apply(subject).map(List::of).orElse(List.of()));
    }

    static <T> Field<T> many(String name, Function<T, List<String>> values) {
        return new Field<>(name, Shape.MANY, values);
    }

    static <T> Field<T> words(String name, Function<T, List<String>> values) {
        return new Field<>(name, Shape.WORDS, values);
    }
}
