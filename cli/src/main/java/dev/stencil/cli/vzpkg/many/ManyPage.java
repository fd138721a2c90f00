package dev.stencil.cli.vzpkg.many;

import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * What one kind of command shows of each container.
 *
 * @param <T> what the work on one container returns
 */
public interface ManyPage<T> {
    /** Headings of its columns, between those that every table has. */
    List<String> headings();

    /** As many cells as headings. */
    List<String> cells(T value);

    /** Writes its properties into the container's object. */
    void write(T value, JsonGenerator json);

    /** What the result means for the command's exit code. */
    default int code(T value) {
        return 0;
    }
}
