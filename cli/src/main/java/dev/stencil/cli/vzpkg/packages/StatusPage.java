package dev.stencil.cli.vzpkg.packages;

import dev.stencil.cli.Output;
import tools.jackson.core.JsonGenerator;

/** How one operand of {@code vzpkg status} stands: a container, or the cache of a template. */
sealed interface StatusPage permits ContainerStatusPage, TemplateStatusPage {
    /** The exit code when it is the only one. */
    int code();

    /** For a person. */
    void tell(Output out);

    /** Its properties, into the object that is open. */
    void writeProperties(JsonGenerator json);
}
