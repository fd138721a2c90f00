package dev.stencil.container.config;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.nio.charset.StandardCharsets;

/** A name that people give a container; source: spec vzctl 1.1. Safe as a file name. */
public record ContainerName(String text) {
    private static final String PUNCTUATION = " +-_.{}";

    public ContainerName {
        if (!isValid(text)) {
            throw new StencilException(
                    Fault.BAD_CONTAINER_NAME,
                    "\"" + text
                            + "\" cannot be a container's name. Use at most 255 bytes of letters, digits, blanks and"
                            + " + - _ . { }");
        }
    }

    /** Whether a file or argument of that text could be a name. */
    public static boolean isValid(String text) {
        return !text.isEmpty()
                && !text.equals(".")
                && !text.equals("..")
                && text.getBytes(StandardCharsets.UTF_8).length <= 255
                && text.chars().allMatch(ContainerName::isAllowed);
    }

    private static boolean isAllowed(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c >= 0x80
                || PUNCTUATION.indexOf(c) >= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
