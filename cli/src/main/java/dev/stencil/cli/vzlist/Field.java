package dev.stencil.cli.vzlist;

import dev.stencil.container.ListedContainer;
import java.util.function.Function;

/**
 * A column of {@code vzlist}; source: spec vzctl 3.16.
 *
 * @param width as in {@code printf(3)}: negative means left-aligned
 */
public record Field(String name, String header, int width, Function<ListedContainer, Value> value) {
    /** {@code text} filled up to the width. */
    public String padded(String text) {
        int missing = Math.abs(width) - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        return width < 0 ? text + " ".repeat(missing) : " ".repeat(missing) + text;
    }
}
