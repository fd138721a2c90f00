package dev.stencil.template;

import dev.stencil.host.Fault;
import dev.stencil.host.StencilException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** How the faults of templates are worded, in one place. */
final class TemplateFaults {
    private TemplateFaults() {}

    static StencilException broken(Path file, String what) {
        return new StencilException(Fault.TEMPLATE_BROKEN, file + " " + what);
    }

    /** Of a template's package list, without which a directory is no template (spec vzpkg 2.4). */
    static StencilException withoutPackages(Path file) {
        return broken(
                file,
                Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                        ? "is not a file, or a link that leads to none. Make it one; it may be empty."
                        : "is missing. Create it; it may be empty.");
    }

    static StencilException unreadable(Path file, IOException e) {
        return new StencilException(
                Fault.TEMPLATE_BROKEN, "Cannot read " + file + ": " + e.getMessage() + ". Mend or remove it.", e);
    }

    static StencilException area(Path directory, IOException e) {
        return new StencilException(
                Fault.SYSTEM, "Cannot read the template area " + directory + ": " + e.getMessage() + ".", e);
    }
}
