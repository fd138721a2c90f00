package dev.stencil.container.templates;

import dev.stencil.host.Fault;
import dev.stencil.host.HostLayout;
import dev.stencil.host.StencilException;
import dev.stencil.linux.Finished;
import dev.stencil.linux.Program;
import dev.stencil.linux.ProgramRunner;
import dev.stencil.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** The package that a template came in, asked of the real databases. One that was copied here came in none. */
record TemplateOwner(PackageFamily family, String name) {

    static Optional<TemplateOwner> of(Template template, HostLayout layout, ProgramRunner programs) {
        String file = layout.configured(template.configDirectory().resolve("packages"));
        for (PackageFamily family : PackageFamily.values()) {
            if (!family.isOf(layout) && !Files.isDirectory(family.ownDatabase(layout))) {
                continue;
            }
            Optional<String> name = family == PackageFamily.DEB
                    ? answer(family.tool(layout).args("--search", file), programs)
                            .filter(line -> line.contains(": "))
                            .map(line -> line.substring(0, line.indexOf(": ")))
                    : answer(family.tool(layout).args("-qf", "--qf", "%{NAME}\\n", file), programs);
            if (name.isPresent()) {
                return Optional.of(new TemplateOwner(family, name.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> answer(Program query, ProgramRunner programs) {
        try {
            Finished done = programs.run(query);
            return done.isSuccess() ? done.text().lines().findFirst() : Optional.empty();
        } catch (IOException e) {
            throw new StencilException(
                    Fault.SYSTEM, "Cannot tell which package a template came in: " + e.getMessage(), e);
        }
    }

    /** Has the family's tool erase it. */
    void erase(RemovalOptions options, HostLayout layout, ProgramRunner programs) {
        Program erase = family.tool(layout);
        if (family == PackageFamily.DEB) {
            erase = options.force() ? erase.args("--force-depends") : erase;
            erase = options.checkOnly() ? erase.args("--no-act") : erase;
            erase = erase.args("--purge", name);
        } else {
            erase = erase.args("-e", name);
            erase = options.force() ? erase.args("--nodeps") : erase;
            erase = options.checkOnly() ? erase.args("--test") : erase;
        }
        try {
            Finished done = programs.run(erase);
            if (!done.isSuccess()) {
                throw new StencilException(
                        Fault.PACKAGE_MANAGER,
                        "The package " + name + " was not removed: "
                                + done.stderrEnd().strip());
            }
        } catch (IOException e) {
            throw new StencilException(
                    Fault.PACKAGE_MANAGER, "The package " + name + " was not removed: " + e.getMessage(), e);
        }
    }
}
