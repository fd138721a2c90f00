package dev.stencil.container.config;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;

/**
 * A host name, with or without its domain. Letters, digits, hyphens and underscores between dots; at most 64 bytes, which
 * is what the kernel keeps ({@code uname(2)}).
 */
public record HostName(String text) {
    public HostName {
        if (!isValid(text)) {
            throw new StencilException(
                    Fault.BAD_VALUE,
                    "\"" + text + "\" is not a host name. Use at most 64 letters, digits, hyphens and dots.");
        }
    }

    /** The part before the first dot. */
    public String shortName() {
        int dot = text.indexOf('.');
        return dot < 0 ? text : text.substring(0, dot);
    }

    private static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > 64) {
            return false;
        }
        for (String label : text.split("\\.", -1)) {
            boolean fits = !label.isEmpty() && label.length() <= 63 && !label.startsWith("-") && !label.endsWith("-");
            if (!fits || !label.chars().allMatch(HostName::isAllowed)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    }

    @Override
    public String toString() {
        return text;
    }
}
